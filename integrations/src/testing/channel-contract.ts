import { afterEach, describe, expect, it } from 'vitest';
import { type Channel, type OutboundMessage, RetryableSendError } from '../channel/channel.js';

/** How a channel's provider is to behave for one test. */
export type ProviderBehaviour = 'accepts' | 'refuses-for-good' | 'refuses-for-now' | 'unreachable';

export type ChannelUnderTest = {
  /** A channel that talks to a provider behaving like that; `undefined` = the channel has not been configured. */
  open(behaviour: ProviderBehaviour | undefined): Promise<{ channel: Channel; close(): Promise<void> }>;
  readonly message: OutboundMessage;
  /** A message nobody could send, such as one with a broken address. */
  readonly impossible: OutboundMessage;
};

/** What every channel has to hold to; each runs it against a provider of its own making. */
export function describeChannelContract(name: string, { open, message, impossible }: ChannelUnderTest): void {
  describe(`${name} keeps the channel contract`, () => {
    const closers: (() => Promise<void>)[] = [];
    const channelFor = async (behaviour?: ProviderBehaviour) => {
      const { channel, close } = await open(behaviour);
      closers.push(() => channel.close(), close);
      return channel;
    };
    afterEach(async () => {
      for (const close of closers.splice(0)) await close();
    });

    it('answers "sent" with the provider\'s id', async () => {
      const result = await (await channelFor('accepts')).send(message);
      expect(result).toEqual({ status: 'sent', providerMessageId: expect.stringMatching(/\S/) });
    });

    it('answers "not-configured" and why, without sending', async () => {
      const result = await (await channelFor()).send(message);
      expect(result).toEqual({ status: 'not-configured', reason: expect.stringMatching(/^no \S/) });
    });

    it('answers "rejected" to a message that can\'t be sent', async () => {
      const result = await (await channelFor('accepts')).send(impossible);
      expect(result).toMatchObject({ status: 'rejected', reason: expect.stringMatching(/\S/) });
    });

    it('answers "rejected" when the provider refuses for good', async () => {
      const result = await (await channelFor('refuses-for-good')).send(message);
      expect(result).toMatchObject({ status: 'rejected', reason: expect.stringMatching(/\S/) });
    });

    it.each(['refuses-for-now', 'unreachable'] as const)(
      'throws a retryable fault when the provider %s',
      async (behaviour) => {
        const channel = await channelFor(behaviour);
        await expect(channel.send(message)).rejects.toBeInstanceOf(RetryableSendError);
      },
    );
  });
}
