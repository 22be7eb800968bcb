import { type OutboundMessage, pushSubscriptionSchema, RetryableSendError } from '@segue/integrations';
import type { ChannelTestAnswer } from '../api/shapes/channel.js';
import type { Engine } from '../engine/engine.js';
import type { EngineChannel } from './channel-registry.js';

export type Trial = {
  /** Who asks; e-mails go to them and to nobody else. */
  readonly email: string;
  /** What was typed in. */
  readonly to: string;
};

type Content = Pick<OutboundMessage, 'subject' | 'text' | 'template' | 'event'>;

/** A browser is given as the subscription it made. */
function subscriptionIn(text: string): Pick<OutboundMessage, 'to' | 'keys'> | null {
  try {
    const parsed = pushSubscriptionSchema.safeParse(JSON.parse(text));
    return parsed.success ? { to: parsed.data.endpoint, keys: parsed.data.keys } : null;
  } catch {
    return null;
  }
}

function addressFor(
  { channel }: EngineChannel,
  { email, to }: Trial,
): Pick<OutboundMessage, 'to' | 'keys'> | null {
  switch (channel.definition.addressKind) {
    case 'email':
      return { to: email };
    case 'room':
      return { to: channel.definition.name };
    case 'browser':
      return subscriptionIn(to);
    case 'phone':
      return { to: to.replace(/[\s().\-/]/g, '') };
    case 'device':
    case 'endpoint':
      return { to: to.trim() };
  }
}

function contentFor({ channel }: EngineChannel, now: Date): Content {
  const { id, name } = channel.definition;
  return {
    subject: 'A test from Segue',
    text: `${name} works: this message was sent from the settings of Segue.`,
    // The one template that every WhatsApp account has.
    ...(id === 'whatsapp' ? { template: { name: 'hello_world', language: 'en_US', parameters: [] } } : {}),
    ...(id === 'webhook' ? { event: { type: 'segue.test', happenedAt: now, data: {} } } : {}),
  };
}

/** Sends one message to whoever asks, past all rules: it is about the channel and no customer. Nothing is stored. */
export async function tryChannel(
  engine: Engine,
  channel: EngineChannel,
  trial: Trial,
): Promise<ChannelTestAnswer> {
  const address = addressFor(channel, trial);
  if (address === null)
    return { state: 'rejected', to: '', detail: 'this is no push subscription as a browser gives it' };
  try {
    const result = await channel.channel.send({
      deliveryId: engine.newId('test'),
      ...contentFor(channel, engine.clock()),
      ...address,
    });
    return { state: result.status, to: address.to, detail: result.status === 'sent' ? '' : result.reason };
  } catch (error) {
    if (!(error instanceof RetryableSendError)) throw error;
    return { state: 'failed', to: address.to, detail: error.message };
  }
}
