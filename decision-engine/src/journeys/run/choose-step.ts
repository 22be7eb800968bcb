import type { Facts } from '../../conditions/facts.js';
import { bucketOf } from '../../experiments/assign-experiments.js';
import { branchKey, type CompiledJourney } from '../definition/compile-journey.js';
import type { StepOf } from '../definition/step.js';

type Choice = { readonly to: string; readonly note: string };
type ChooseWith = { readonly journey: CompiledJourney; readonly facts: Facts; readonly next: string };

/** Which way a customer goes, and why in a few words. */
export function chooseStep(
  step: StepOf<'branch'> | StepOf<'score'> | StepOf<'cohort'>,
  { journey, facts, next }: ChooseWith,
): Choice {
  const otherwise = { to: next, note: 'otherwise' };
  switch (step.type) {
    case 'branch': {
      const index = step.branches.findIndex(
        (_, at) => journey.condition(branchKey(step.id, at))?.test(facts) === 'true',
      );
      const branch = step.branches[index];
      return branch === undefined ? otherwise : { to: branch.to, note: branch.name };
    }
    case 'score': {
      const score = facts.profilingHidden ? undefined : facts.profile.scores[step.score]?.value;
      if (score === undefined) return { to: step.unknown ?? next, note: 'no score' };
      const branch = step.branches.find(
        ({ from, below }) => (from === undefined || score >= from) && (below === undefined || score < below),
      );
      return branch === undefined
        ? otherwise
        : { to: branch.to, note: `${branch.name} (${score.toFixed(3)})` };
    }
    case 'cohort': {
      // Salted by journey and step, so that the same customers aren't in every first cohort.
      const salt = `journey:${journey.definition.journeyId}:${step.id}`;
      let left = bucketOf(facts.profile.bucketingKey, salt);
      for (const { name, share, to } of step.cohorts) {
        left -= share;
        if (left < 0) return { to, note: name };
      }
      return otherwise;
    }
  }
}
