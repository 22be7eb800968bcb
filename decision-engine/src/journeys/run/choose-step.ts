import type { Facts } from '../../conditions/facts.js';
import { bucketOf } from '../../experiments/assign-experiments.js';
import { branchKey, type CompiledJourney } from '../definition/compile-journey.js';
import { type Edge, ONWARD, type StepOf } from '../definition/step.js';

type Choice = { readonly path: Edge['path']; readonly to: string; readonly note: string };
type ChooseWith = { readonly journey: CompiledJourney; readonly facts: Facts; readonly next: string };

/** Which way a customer goes, and why in a few words. */
export function chooseStep(
  step: StepOf<'branch'> | StepOf<'score'> | StepOf<'cohort'>,
  { journey, facts, next }: ChooseWith,
): Choice {
  const otherwise = { path: ONWARD, to: next, note: 'otherwise' };
  switch (step.type) {
    case 'branch': {
      const index = step.branches.findIndex(
        (_, at) => journey.condition(branchKey(step.id, at))?.test(facts) === 'true',
      );
      const branch = step.branches[index];
      return branch === undefined
        ? otherwise
        : { path: ['branches', index, 'to'], to: branch.to, note: branch.name };
    }
    case 'score': {
      const score = facts.profilingHidden ? undefined : facts.profile.scores[step.score]?.value;
      if (score === undefined) return { path: ['unknown'], to: step.unknown ?? next, note: 'no score' };
      const index = step.branches.findIndex(
        ({ from, below }) => (from === undefined || score >= from) && (below === undefined || score < below),
      );
      const branch = step.branches[index];
      return branch === undefined
        ? otherwise
        : {
            path: ['branches', index, 'to'],
            to: branch.to,
            note: `${branch.name} (${score.toFixed(3)})`,
          };
    }
    case 'cohort': {
      // Salted by journey and step, so that the same customers aren't in every first cohort.
      const salt = `journey:${journey.definition.journeyId}:${step.id}`;
      let left = bucketOf(facts.profile.bucketingKey, salt);
      for (const [index, { name, share, to }] of step.cohorts.entries()) {
        left -= share;
        if (left < 0) return { path: ['cohorts', index, 'to'], to, note: name };
      }
      return otherwise;
    }
  }
}
