import { compileTemplate } from '@segue/integrations';
import { FEATURES } from '@segue/models';
import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../catalogue/catalogue.js';
import { type CompileProblem, compileCondition } from '../conditions/compile-condition.js';
import { DEMO_ACTIONS } from './demo-actions.js';
import { SHOP_ACTIONS } from './world/actions.js';

function parsed() {
  const catalogue = parseCatalogue(DEMO_ACTIONS);
  if (!catalogue.ok) throw new Error(catalogue.problems.join('\n'));
  return catalogue.actions;
}

describe('the demo shop’s actions', () => {
  it('is a valid catalogue with one action for each of the world’s', () => {
    expect(
      parsed()
        .map((action) => action.actionId)
        .sort(),
    ).toEqual(SHOP_ACTIONS.map(({ id }) => id).sort());
  });

  it('names only features that exist', () => {
    const schema = { features: FEATURES.map(({ name }) => name) };
    const problems: CompileProblem[] = [];
    for (const action of parsed()) {
      for (const { when } of [...action.applicability, ...action.suitability, ...action.contextWeights]) {
        compileCondition(when, { schema, path: [action.actionId], problems });
      }
    }
    expect(problems).toEqual([]);
  });

  it('has words that compile as templates, and a talk track wherever an agent speaks', () => {
    const treatments = parsed().flatMap((action) => action.treatments);
    const broken = treatments
      .flatMap(({ title, subject, body, talkTrack }) => [title, subject ?? '', body, talkTrack ?? ''])
      .filter((words) => !compileTemplate(words, 'text').ok);
    expect(broken).toEqual([]);
    expect(
      treatments.filter(({ channel, talkTrack }) => channel === 'agent' && talkTrack === undefined),
    ).toEqual([]);
    expect(treatments.filter(({ channel, body }) => channel === 'sms' && body.length > 160)).toEqual([]);
  });
});
