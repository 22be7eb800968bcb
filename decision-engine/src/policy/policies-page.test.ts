import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { catalogueFromYaml } from '../catalogue/catalogue-yaml.js';
import { conditionSchema } from '../conditions/condition.js';
import { formulaSchema } from '../conditions/formula.js';
import { compileDecider } from '../decide/compile-decider.js';
import { parsePolicies } from './policies.js';

const page = readFileSync(new URL('../../docs/policies.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');

describe('docs/policies.md', () => {
  it('shows an action and policies that can be used as they stand', () => {
    const [action = '', ...rest] = blocks;
    const parsed = catalogueFromYaml([{ name: 'policies.md', text: action }]);
    if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
    const policies = parsePolicies(Object.assign({}, ...rest.map((text) => parse(text) as object)));
    if (!policies.ok) throw new Error(policies.problems.join('\n'));
    const compiled = compileDecider(
      { version: '1', actions: parsed.actions },
      { version: '1', policies: policies.policies },
    );
    expect(compiled.ok).toBe(true);
    expect(rest).toHaveLength(2);
  });

  it('shows conditions and formulas that can be used as they stand', () => {
    const snippets = [...page.matchAll(/`(\{ [^`…]*\})`/g)].map(
      (match) => parse(match[1] ?? '') as Record<string, unknown>,
    );
    const conditions = snippets.filter(
      (snippet) => ('field' in snippet && 'op' in snippet) || 'count' in snippet,
    );
    const formulas = snippets.filter((snippet) => 'if' in snippet);
    expect(conditions.length).toBeGreaterThanOrEqual(10);
    expect(formulas).toHaveLength(1);
    for (const condition of conditions)
      expect(conditionSchema.safeParse(condition), JSON.stringify(condition)).toMatchObject({
        success: true,
      });
    for (const formula of formulas) expect(formulaSchema.safeParse(formula)).toMatchObject({ success: true });
  });
});
