import { parseSender } from '@segue/integrations';
import type { Config } from '../config.js';

/** Who writes to customers, as messages and pages show it, and what is followed of what they do with a message. */
export type MessageSender = {
  /** "The Shop"; '' where the sender is an address alone. */
  readonly name: string;
  /** Where the sender can be reached by post; '' where none is set. */
  readonly postalAddress: string;
  /** Links of e-mails lead through us, so that we see which were opened. */
  readonly trackClicks: boolean;
  /** E-mails hold an invisible image, so that we see that they were opened. */
  readonly trackOpens: boolean;
};

/** @throws RangeError if the sender's address is none */
export function messageSenderOf(
  config: Pick<Config, 'channels' | 'emailPostalAddress' | 'emailTrackClicks' | 'emailTrackOpens'>,
): MessageSender {
  return {
    name: parseSender(config.channels.emailFrom).name,
    postalAddress: config.emailPostalAddress,
    trackClicks: config.emailTrackClicks,
    trackOpens: config.emailTrackOpens,
  };
}
