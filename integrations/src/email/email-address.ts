const MAX_LENGTH = 254;
/** One bare address: no display name, no list, nothing that could end a header or an SMTP command. */
const ADDRESS =
  /^[^\s@<>(),;:"[\]\\\p{Cc}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)*[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$/u;

/** Whether `text` is a single e-mail address that mail can be sent to as it stands. */
export function isEmailAddress(text: string): boolean {
  return text.length <= MAX_LENGTH && ADDRESS.test(text);
}
