import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** MongoDB's driver tests as data, beside the repository; undefined where they are not. */
export function driverTestsFolder(): string | undefined {
  const folder = fileURLToPath(new URL('../../../../../shared/data/mongodb-driver-tests', import.meta.url));
  return existsSync(folder) ? folder : undefined;
}
