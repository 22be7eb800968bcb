import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Product, startProduct } from '../browser-tests/start-product';

const run = promisify(execFile);
const launcher = fileURLToPath(new URL('../../decision-engine/launch/run.mjs', import.meta.url));

/** Who the administrator of a data folder is unless somebody else was told to be. */
const ADMIN = 'admin@segue.local';

/**
 * The product, on a copy of a data folder where one is told, so that nothing has to be trained and the folder stays as it is.
 *
 * @param data a data folder that an administrator `admin@segue.local` belongs to; null makes a small shop
 */
export async function startBenchProduct(data: string | null): Promise<Product> {
  if (data === null) return startProduct({ env: { SEGUE_DEMO_CUSTOMERS: '150' }, readyWithinMs: 420_000 });
  const folder = await mkdtemp(join(tmpdir(), 'segue-bench-'));
  try {
    await cp(data, folder, { recursive: true });
    const product = await startProduct({ dataFolder: folder });
    return {
      ...product,
      admin: { email: ADMIN, password: await newPasswordIn(folder) },
      stop: async () => {
        const code = await product.stop();
        await rm(folder, { recursive: true, force: true });
        return code;
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function newPasswordIn(dataFolder: string): Promise<string> {
  const { stdout } = await run(process.execPath, [launcher, 'new-password', '--email', ADMIN], {
    env: { ...process.env, SEGUE_DATA: dataFolder, NODE_ENV: 'production' },
  });
  const password = /\b(?:\w{5}-){3}\w{5}\b/.exec(stdout)?.[0];
  if (password === undefined)
    throw new Error(`Expected a new password for ${ADMIN}, got ${JSON.stringify(stdout)}`);
  return password;
}
