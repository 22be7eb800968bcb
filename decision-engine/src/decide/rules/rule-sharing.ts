import type { CompiledRule } from './rule.js';

/**
 * Rules that say the same for several candidates (consent of a channel, quiet hours, a limit over all contacts) are
 * compiled once and run once in a decision; the candidates share the result.
 */
export class RuleSharing {
  private readonly rules = new Map<string, CompiledRule>();

  /** @param key the same for rules that always agree within one decision */
  share(key: string, make: () => CompiledRule): CompiledRule {
    const known = this.rules.get(key);
    if (known !== undefined) return known;
    const rule = make();
    const place = this.rules.size;
    const shared: CompiledRule = (scope) => {
      const result = scope.shared[place];
      if (result !== undefined) return result;
      const fresh = rule(scope);
      scope.shared[place] = fresh;
      return fresh;
    };
    this.rules.set(key, shared);
    return shared;
  }
}
