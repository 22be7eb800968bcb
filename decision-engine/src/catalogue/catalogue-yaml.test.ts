import { describe, expect, it } from 'vitest';
import { actionOf, deciderOf } from '../testing/decision-fixtures.js';
import { catalogueFromYaml, catalogueToYaml } from './catalogue-yaml.js';
import { diffCatalogues } from './diff-catalogues.js';

const actions = deciderOf([
  actionOf('b', {
    tags: ['x'],
    endsAt: '2026-12-24T00:00:00Z',
    suitability: [{ name: 'fair', when: { not: { field: 'sentiment', op: 'lt', value: 0 } } }],
  }),
  actionOf('a', { levers: [{ name: 'stock', percent: 20 }] }),
]).catalogue.actions;

function problemsOf(text: string): readonly string[] {
  const parsed = catalogueFromYaml([{ name: 'offers.yaml', text }]);
  return parsed.ok ? [] : parsed.problems;
}

describe('catalogueToYaml', () => {
  it('writes one document per action, without defaults', () => {
    expect(catalogueToYaml(actions)).toBe(`actionId: a
name: Do a
issue: sales
group: offers
class: promotional
value:
  type: fixed
  amount: 10
levers:
  - name: stock
    percent: 20
treatments:
  - treatmentId: agent
    channel: agent
    title: a
    body: Hello
---
actionId: b
name: Do b
issue: sales
group: offers
class: promotional
value:
  type: fixed
  amount: 10
endsAt: 2026-12-24T00:00:00.000Z
tags:
  - x
suitability:
  - name: fair
    when:
      not:
        field: sentiment
        op: lt
        value: 0
treatments:
  - treatmentId: agent
    channel: agent
    title: b
    body: Hello
`);
  });

  it('is read back as the same actions', () => {
    const again = catalogueFromYaml([{ name: 'all.yaml', text: catalogueToYaml(actions) }]);
    if (!again.ok) throw new Error(again.problems.join('\n'));
    expect(diffCatalogues(actions, again.actions)).toEqual({ added: [], removed: [], changed: [] });
    expect(again.actions).toHaveLength(2);
  });
});

describe('catalogueFromYaml', () => {
  it.each<[string, string, string]>([
    [
      'broken YAML',
      'actionId: [a',
      'offers.yaml: Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 13:',
    ],
    [
      'a document that is no action',
      'just text',
      'offers.yaml: Expected "actions[0]" to be object, got "just text" (string)',
    ],
  ])('names the file for %s', (...row) => {
    const [, text, problem] = row;
    expect(problemsOf(text)).toContain(problem);
  });

  it('refuses an id that is in two files', () => {
    const text = catalogueToYaml(actions);
    expect(
      catalogueFromYaml([
        { name: '1.yaml', text },
        { name: '2.yaml', text },
      ]),
    ).toMatchObject({ ok: false });
  });

  it('refuses a bomb of aliases', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      'b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]',
      'c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]',
      'd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]',
    ].join('\n');
    expect(problemsOf(bomb)).toContain(
      'offers.yaml: Excessive alias count indicates a resource exhaustion attack',
    );
  });
});

describe('diffCatalogues', () => {
  it('names what was added, removed and changed, by field', () => {
    const [b, a] = actions;
    if (a === undefined || b === undefined) throw new Error('Expected two actions');
    const dearer = { ...a, cost: 3, levers: [{ name: 'season', percent: 5 }, ...a.levers] };
    const c = { ...b, actionId: 'c' as typeof b.actionId };
    expect(diffCatalogues(actions, [dearer, c])).toEqual({
      added: ['c'],
      removed: ['b'],
      changed: [
        {
          actionId: 'a',
          changes: [
            { path: 'cost', before: 0, after: 3 },
            { path: 'levers[season]', before: undefined, after: { name: 'season', percent: 5 } },
          ],
        },
      ],
    });
  });
});
