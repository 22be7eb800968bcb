import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** A log that never grows past twice its limit: when full, it becomes `<name>.1` and a new one begins. */
export type LogFile = {
  write(line: string): void;
  close(): void;
};

/**
 * Opens a log for appending.
 *
 * @param limit in bytes
 */
export function openLogFile(path: string, limit = 20_000_000): LogFile {
  mkdirSync(dirname(path), { recursive: true });
  let file = openSync(path, 'a', 0o600);
  let size = statSync(path).size;
  return {
    write(line) {
      if (size >= limit) {
        closeSync(file);
        if (existsSync(path)) renameSync(path, `${path}.1`);
        file = openSync(path, 'a', 0o600);
        size = 0;
      }
      size += writeSync(file, `${line}\n`);
    },
    close: () => closeSync(file),
  };
}
