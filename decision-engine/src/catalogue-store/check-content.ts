import { type Catalogue, parseCatalogue } from '../catalogue/catalogue.js';
import { type DecidingRules, tryCompileRules } from '../decisions/deciding-rules.js';
import { type Policies, parsePolicies } from '../policy/policies.js';
import { parseSegments, type Segment } from '../segments/segment.js';
import type { CatalogueContent } from './catalogue-document.js';

/** Content with every default filled in. */
export type ParsedContent = {
  readonly actions: Catalogue['actions'];
  readonly policies: Policies;
  readonly segments: readonly Segment[];
};

export type CheckedContent =
  | {
      readonly ok: true;
      readonly content: ParsedContent;
      readonly rules: DecidingRules;
      /** Rules that do nothing, because they name what the catalogue doesn't have. */
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Parses and compiles content as a revision would be, and keeps nothing: for drafts, for `simulate` against a draft, for
 * YAML files.
 * @param version what decisions made with these rules name: "r12", "draft drf_…"
 */
export function checkContent(content: CatalogueContent, version: string): CheckedContent {
  const actions = parseCatalogue(content.actions);
  const policies = parsePolicies(content.policies);
  const segments = parseSegments(content.segments);
  if (!actions.ok || !policies.ok || !segments.ok) {
    const parts = [actions, policies, segments];
    return { ok: false, problems: parts.flatMap((part) => (part.ok ? [] : part.problems)) };
  }
  const compiled = tryCompileRules(
    { version, actions: actions.actions },
    { version, policies: policies.policies },
    segments.segments,
  );
  if (!compiled.ok) return compiled;
  return {
    ok: true,
    content: { actions: actions.actions, policies: policies.policies, segments: segments.segments },
    rules: compiled.rules,
    warnings: compiled.rules.warnings,
  };
}
