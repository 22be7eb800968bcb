import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { driftReference, type Manifest, type ModelReport, saveReport } from '@segue/models';
import { DRIFT_REFERENCE } from '../drift/model-drift.js';

export type KeepableModel = {
  readonly manifest: Manifest;
  save(folder: string): Promise<void>;
};

/** A trained model, what a reader needs to judge it, and the test that drift is measured from later. */
export type WrittenModel = {
  readonly folder: string;
  readonly model: KeepableModel;
  readonly report: ModelReport;
  readonly tested: {
    readonly table: Parameters<typeof driftReference>[0];
    readonly probabilities: Parameters<typeof driftReference>[1];
  };
};

/** Writes a trained model with its report and its drift reference into a folder. */
export async function writeTrained({ folder, model, report, tested }: WrittenModel): Promise<void> {
  await model.save(folder);
  await saveReport(report, folder);
  const reference = driftReference(tested.table, tested.probabilities);
  await writeFile(path.join(folder, DRIFT_REFERENCE), `${JSON.stringify(reference)}\n`);
}
