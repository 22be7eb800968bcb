/** What a channel is, for catalogues and forms. */
export type ChannelDefinition = {
  /** As treatments, consent and contact policies name it: `email`, `sms`. */
  readonly id: string;
  readonly name: string;
  /** What it reaches somebody by: an identity, an app's or a browser's token, a program's address, a room of the staff. */
  readonly addressKind: 'email' | 'phone' | 'device' | 'browser' | 'endpoint' | 'room';
  /** What a message must have been filled in with before it can be sent. */
  readonly needs: readonly ('subject' | 'text')[];
  /** What a treatment for it may fill in besides the text. */
  readonly fields: readonly ('subject' | 'html' | 'unsubscribeUrl' | 'template' | 'link')[];
  /** A repeat is recognised by the receiver, so what was sent may be sent again on purpose. */
  readonly replayable?: true;
};

/** One message, complete: nothing in it is looked up or decided any more. */
export type OutboundMessage = {
  /** Names the delivery. Sending it twice gives the same provider-side id where the provider has the notion. */
  readonly deliveryId: string;
  readonly to: string;
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  /** Where one click takes the recipient off the list (a signed link). */
  readonly unsubscribeUrl?: string;
  /** Where a tap or a click leads. */
  readonly link?: string;
  /** A text the provider has approved before (WhatsApp), and what its places are filled with, in order. */
  readonly template?: {
    readonly name: string;
    /** As the provider writes it: `en`, `en_GB`. */
    readonly language: string;
    readonly parameters: readonly string[];
  };
  /** Of a browser's push subscription, base64url. */
  readonly keys?: { readonly p256dh: string; readonly auth: string };
  /** What it tells a program. */
  readonly event?: {
    readonly type: string;
    readonly happenedAt: Date;
    readonly data: Readonly<Record<string, unknown>>;
  };
};

export type SendResult =
  /** The provider has taken it over. Not yet that it arrived. */
  | {
      readonly status: 'sent';
      readonly providerMessageId: string;
      /** Worth knowing about how it went out: "3 SMS". */
      readonly note?: string;
    }
  /** Nothing was sent and nothing will be until somebody configures the channel: `no SMTP_URL`. */
  | { readonly status: 'not-configured'; readonly reason: string }
  /** This message will never be accepted; sending it again is pointless. */
  | {
      readonly status: 'rejected';
      readonly reason: string;
      /** The provider says that nobody is at this address any more: forget it. */
      readonly addressGone?: true;
      /** The provider says that this person wants no more messages on this channel. */
      readonly optedOut?: true;
    };

/**
 * Sends messages of one kind. Contract, held by `testing/channel-contract.ts`:
 * - what can't succeed by trying again is an answer (`rejected`, `not-configured`), never thrown;
 * - what may succeed later (no connection, a full queue, wrong credentials somebody will correct) throws
 *   {@link RetryableSendError} and nothing else;
 * - a thrown fault says whether the message may have gone out all the same (`mayHaveGone`): no answer came, or none that
 *   can be read.
 */
export type Channel = {
  readonly definition: ChannelDefinition;
  send(message: OutboundMessage): Promise<SendResult>;
  /** Lets go of connections. A closed channel is not used again. */
  close(): Promise<void>;
};

/** A send failed for a reason that may pass. */
export class RetryableSendError extends Error {
  override readonly name = 'RetryableSendError';

  constructor(
    readonly channel: string,
    reason: string,
    options: {
      readonly cause?: unknown;
      /** How long the provider asks to be left alone, in milliseconds. */
      readonly retryAfterMs?: number | undefined;
      /** What came of it is not known: the provider may have taken the message over. */
      readonly mayHaveGone?: boolean;
    } = {},
  ) {
    super(`${channel}: ${reason}`, options.cause === undefined ? {} : { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs ?? 0;
    this.mayHaveGone = options.mayHaveGone ?? false;
  }

  /** At least this long until the next try, in milliseconds; 0 where the provider said nothing. */
  readonly retryAfterMs: number;
  /** Whether the provider may have taken the message over all the same. */
  readonly mayHaveGone: boolean;
}
