import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from './commands/server-info.js';
import { driverTestsFolder } from './testing/driver-tests-folder.js';
import { type TemporaryServer, temporaryServer } from './testing/temporary-server.js';
import { clearDatabases, runUnifiedTest } from './testing/unified/run-test.js';
import { readUnifiedFiles, unmet } from './testing/unified/test-file.js';

const folder = driverTestsFolder();

/** Tests of the driver that the Node driver does not fulfil: whatever the server, it leaves the option out. */
const DRIVER_DIFFERS =
  /^(Aggregate with \$out|BulkWrite|FindOneAndReplace|FindOneAndUpdate|InsertMany) passes bypassDocumentValidation: false$/;
let server: TemporaryServer;

beforeAll(async () => {
  server = await temporaryServer();
});
afterAll(() => server.close());

describe.skipIf(folder === undefined)(
  "MongoDB's driver tests for CRUD (skipped without the shared data folder)",
  () => {
    for (const file of folder === undefined ? [] : readUnifiedFiles(folder)) {
      describe(file.name, () => {
        beforeAll(() => clearDatabases(file, server.uri));
        for (const test of file.tests) {
          const reason =
            driverReason(test.description) ??
            test.skipReason ??
            unmet(file.runOnRequirements, VERSION) ??
            unmet(test.runOnRequirements, VERSION);
          it.skipIf(reason !== undefined)(
            `${test.description}${reason === undefined ? '' : ` (${reason})`}`,
            async () => {
              await expect(runUnifiedTest(file, test, server.uri)).resolves.toBeUndefined();
            },
          );
        }
      });
    }
    it.runIf(folder === undefined)('finds no files: shared/data/mongodb-driver-tests is missing', () => {
      expect(folder).toBeUndefined();
    });
  },
);

function driverReason(description: string): string | undefined {
  return DRIVER_DIFFERS.test(description)
    ? 'the Node driver does not send bypassDocumentValidation: false'
    : undefined;
}
