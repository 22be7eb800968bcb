import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RejectedPort } from './run-import.js';

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/**
 * Writes rejected rows to a CSV file (`line,reason,raw`). It appears, whole, at the end of a run that had any; that of
 * an earlier run is replaced or, where there is nothing to reject any more, removed.
 */
export function createRejectedFile(path: string): RejectedPort & { close(): Promise<void> } {
  const unfinished = `${path}.part`;
  let file: Awaited<ReturnType<typeof open>> | undefined;
  const close = async (): Promise<void> => {
    await file?.close();
    file = undefined;
  };
  return {
    async write(rows) {
      if (rows.length === 0) return;
      if (!file) {
        await mkdir(dirname(path), { recursive: true });
        file = await open(unfinished, 'w');
        await file.write('line,reason,raw\n');
      }
      await file.write(
        rows.map(({ line, reason, raw }) => `${line},${quoted(reason)},${quoted(raw)}\n`).join(''),
      );
    },
    async commit() {
      if (!file) return rm(path, { force: true });
      await close();
      await rename(unfinished, path);
    },
    async close() {
      if (!file) return;
      await close();
      await rm(unfinished, { force: true });
    },
  };
}
