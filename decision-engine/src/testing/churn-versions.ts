import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CustomerHistory, readArtifact, saveArtifact, trainChurn } from '@segue/models';
import { reportOfTest } from '../train/report-of-test.js';
import { writeTrained } from '../train/write-trained.js';

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1);
const at = (day: number) => new Date(START + day * DAY);

export type ChurnVersions = {
  /** A folder of its own. */
  readonly root: string;
  /** Where the engine looks for models. */
  readonly modelsFolder: string;
  /** A version whose test said so; its calibration error is 0.02. */
  add(name: string, logLoss: number): Promise<void>;
  remove(): Promise<void>;
};

/** Half order often and stay; half order seldom and stop. */
async function* histories(): AsyncGenerator<CustomerHistory> {
  for (let index = 0; index < 200; index++) {
    const [every, until] = index % 2 === 0 ? [10, 400] : [35, 100];
    const events = [];
    for (let day = (index * 7) % 30; day < until; day += every + ((index * 3) % 5)) {
      const timestamp = at(day);
      const messageId = `${index} ${day}`;
      events.push({
        messageId,
        type: 'track' as const,
        name: 'Order Completed',
        timestamp,
        properties: { revenue: 20 },
        context: {},
      });
    }
    yield { customerId: `c${index}`, events };
  }
}

function estimate(value: number) {
  return { value, low: value * 0.95, high: value * 1.05 };
}

/** Trains one small churn model, with its report, to make versions of. */
export async function trainChurnVersions(): Promise<ChurnVersions> {
  const root = await mkdtemp(path.join(tmpdir(), 'segue-versions-'));
  const modelsFolder = path.join(root, 'here');
  const trained = path.join(root, 'trained');
  const training = await trainChurn({
    histories,
    asOf: at(150),
    testAsOf: at(250),
    horizonDays: 60,
    seed: 1,
    version: 'trained',
    trainedAt: at(400),
    recipe: { members: 2, hidden: 8, layers: 1, maxEpochs: 5 },
    bags: 1,
  });
  const { classifier: model } = training;
  const report = reportOfTest({ ...training, model, split: 'tested as of day 250', warnings: [] });
  await writeTrained({ folder: trained, model, report, tested: training.tested });
  return {
    root,
    modelsFolder,
    add: async (name, logLoss) => {
      const folder = path.join(modelsFolder, 'churn', name);
      await cp(trained, folder, { recursive: true });
      const artifact = await readArtifact(folder);
      const metrics = { ...artifact.manifest.metrics, logLoss: estimate(logLoss), ece: estimate(0.02) };
      await saveArtifact({ ...artifact, manifest: { ...artifact.manifest, version: name, metrics } }, folder);
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
