import type { Logger } from 'pino';
import type { DecidingRules } from '../decisions/deciding-rules.js';
import { createWorker } from '../start/worker.js';
import type { Store } from '../store/store.js';
import { latestRevision, loadRules, noRules } from './catalogue-revisions.js';

const LOOK_AGAIN_MS = 5_000;

export type RulesInForce = {
  readonly current: () => DecidingRules;
  /** Takes up the latest revision now: after publishing. */
  readonly reload: () => Promise<void>;
  close(): Promise<void>;
};

/**
 * Keeps the rules in force at hand, and takes up what another process publishes within a few seconds. A revision that this
 * version can't use is logged and the one before stays in force.
 * @throws at the start, when the latest revision can't be used
 */
export async function watchRules({
  store,
  log,
}: {
  readonly store: Store;
  readonly log: Logger;
}): Promise<RulesInForce> {
  let revision = await latestRevision(store);
  let rules = (await loadRules(store)) ?? noRules();
  const reload = async (): Promise<void> => {
    const latest = await latestRevision(store);
    if (latest === revision) return;
    rules = (await loadRules(store)) ?? noRules();
    revision = latest;
    for (const warning of rules.warnings)
      log.warn({ revision, warning }, 'a rule of the catalogue does nothing');
    log.info({ revision }, 'catalogue revision in force');
  };
  const watcher = createWorker(
    {
      everyMs: LOOK_AGAIN_MS,
      onError: (error) =>
        log.error({ err: error, revision }, 'the latest catalogue revision is not taken up'),
    },
    async () => {
      await reload();
      return false;
    },
  );
  return { current: () => rules, reload, close: watcher.stop };
}
