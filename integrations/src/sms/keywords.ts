/** What a person asks for with a one-word SMS. Twilio acts on the same words, and so must we. */
export type SmsRequest = 'stop' | 'start' | 'help';

const REQUESTS: ReadonlyMap<string, SmsRequest> = new Map([
  ...['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'].map(
    (word) => [word, 'stop'] as const,
  ),
  ...['START', 'YES', 'UNSTOP'].map((word) => [word, 'start'] as const),
  ...['HELP', 'INFO'].map((word) => [word, 'help'] as const),
]);

/** The request in a message that is exactly one of the words, in any case; "please stop" is a message to a person. */
export function smsRequestOf(text: string): SmsRequest | undefined {
  return REQUESTS.get(text.trim().toUpperCase());
}
