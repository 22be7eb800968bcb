import type { DecisionDocument } from '../decisions/decision-document.js';
import type { Engine } from '../engine/engine.js';
import { learningSignal } from '../outcomes/learning-signal.js';
import { readPointer } from '../scoring/champions.js';
import { compareScores, type ScoreComparison, type ScorePair } from './compare-scores.js';

export type ShadowScored = ScoreComparison & {
  readonly shadow: string | null;
  /** The newest first. */
  readonly pairs: readonly ScorePair[];
};

/** Decisions that are read: enough to see how far two models are apart. */
const MOST_DECISIONS = 1000;
const PLOTTED = 200;

type Read = Pick<DecisionDocument, 'actions' | 'churn' | 'shadow' | 'outcomes' | 'versions'>;

/** What the version that scores beside the one in force has said of the newest decisions. */
export async function shadowScored(engine: Engine, model: 'churn' | 'propensity'): Promise<ShadowScored> {
  const pointer = await readPointer(engine.modelsFolder, model);
  const shadow = pointer?.shadow ?? null;
  if (pointer === null || shadow === null) return { shadow, pairs: [], ...compareScores([]) };
  const decisions = await engine.store.decisions
    .find({ decidedAt: { $gte: pointer.at } }, { actions: 1, churn: 1, shadow: 1, outcomes: 1, versions: 1 })
    .sort({ decidedAt: -1 })
    .limit(MOST_DECISIONS)
    .lean<Read[]>();
  const pairs = decisions.flatMap((decision) =>
    model === 'churn' ? churnPairs(decision, shadow) : offerPairs(decision, shadow),
  );
  return { shadow, pairs: pairs.slice(0, PLOTTED), ...compareScores(pairs) };
}

function churnPairs({ churn, shadow }: Read, version: string): ScorePair[] {
  const beside = shadow?.churn;
  if (churn === null || beside?.version !== version) return [];
  return [{ inForce: churn.probability, shadow: beside.probability, yes: null }];
}

function offerPairs({ actions, shadow, outcomes }: Read, version: string): ScorePair[] {
  const beside = shadow?.propensity;
  if (beside?.version !== version) return [];
  return beside.actions.flatMap(({ actionId, probability }) => {
    const inForce = actions.find((action) => action.actionId === actionId)?.propensity ?? null;
    if (inForce === null) return [];
    const signals = outcomes
      .filter((outcome) => outcome.actionId === actionId)
      .map(({ outcome }) => learningSignal(outcome));
    const yes = signals.includes(1) ? true : signals.includes(0) ? false : null;
    return [{ inForce, shadow: probability, yes }];
  });
}
