import { createHash } from 'node:crypto';
import { type ByteSource, createLineSplitter, type FileReader, type ImportFormat } from '@segue/integrations';

export type SurveyedFile = {
  /** Hash of the unpacked content: the same for `orders.csv` and `orders.csv.gz`. */
  readonly fingerprint: string;
  readonly createReader: (options: { readonly receivedAt: Date }) => FileReader;
};

/**
 * The first pass over a file: its fingerprint, and what its format has to know before it can read it. It also finds
 * out that a file is damaged before anything of it is stored.
 * @returns `undefined` once the signal asks to stop
 */
export async function surveyFile(
  source: ByteSource,
  format: ImportFormat,
  options: { readonly onBytes: (bytes: number) => void; readonly signal: AbortSignal },
): Promise<SurveyedFile | undefined> {
  const hash = createHash('sha256');
  const splitter = createLineSplitter(format.encoding);
  const scan = format.createScan();
  for await (const bytes of source.read(options.onBytes)) {
    if (options.signal.aborted) return undefined;
    hash.update(bytes);
    for (const line of splitter.push(bytes)) scan.push(line);
  }
  for (const line of splitter.end()) scan.push(line);
  return { fingerprint: hash.digest('hex'), createReader: scan.end() };
}
