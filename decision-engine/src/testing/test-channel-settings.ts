import { z } from 'zod';
import { type ChannelSettings, channelEnvironment, channelSettingsOf } from '../channels/channel-settings.js';

/** The settings of channels as a new installation has them, with these environment variables. */
export function testChannelSettings(
  env: Readonly<Record<string, string>> = {},
  publicApiUrl: string | null = null,
): ChannelSettings {
  return channelSettingsOf(z.object(channelEnvironment).parse(env), { webhooks: new Map(), publicApiUrl });
}
