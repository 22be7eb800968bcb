import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { FIRST_MODELS, wasTrained } from '../training/train-first-models.js';
import { parseTrainingMessage } from '../training/training-message.js';

const TRAINING_PROCESS = fileURLToPath(new URL('../training/main.js', import.meta.url));

export type TrainMissingOptions = {
  readonly config: Config;
  readonly log: Logger;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  readonly onProgress: (done: number, total: number | null, note?: string) => void;
};

/** Trains the models that were never trained, in a process of its own. A model that can't be trained is told, not fatal. */
export async function trainMissingModels(options: TrainMissingOptions): Promise<void> {
  const { config, log, now, onProgress } = options;
  const trained = await Promise.all(FIRST_MODELS.map((model) => wasTrained(config.modelsFolder, model)));
  const missing = FIRST_MODELS.filter((_, index) => trained[index] === false);
  if (missing.length === 0) return;

  const child = fork(TRAINING_PROCESS, [now.toISOString()], {
    env: options.env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.on('message', (raw) => {
    const message = parseTrainingMessage(raw);
    if (message?.type === 'progress') {
      const share = (missing.indexOf(message.model) + message.done) / missing.length;
      onProgress(Math.round(share * 100), 100, message.model);
    }
    if (message?.type !== 'done') return;
    for (const { model, problem } of message.results) {
      if (problem !== null) log.warn({ model, problem }, 'model not trained: decisions go on without it');
    }
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code !== 0)
        log.error({ code, signal }, 'the training process ended early: decisions go on without its models');
      resolve();
    });
  });
}
