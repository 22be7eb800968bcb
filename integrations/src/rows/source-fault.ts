/** The file as a whole can't be read; the message is for the person who named it. */
export class SourceFault extends Error {
  override readonly name = 'SourceFault';
}
