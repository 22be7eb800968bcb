import type { Action } from '../catalogue/action.js';
import type { Policies } from './policies.js';
import type { Selector } from './selector.js';

type Named = { readonly where: string; readonly appliesTo: Selector };

function selectorsOf(policies: Policies): Named[] {
  const { contact } = policies;
  const lists = {
    'policies.engagement': policies.engagement,
    'policies.levers': policies.levers,
    'policies.contextWeights': policies.contextWeights,
    'policies.contact.limits': contact.limits,
    'policies.contact.cooldowns': contact.cooldowns,
    'policies.contact.quietHours': contact.quietHours,
    'policies.contact.allowedDays': contact.allowedDays,
  };
  return Object.entries(lists).flatMap(([name, rules]) =>
    rules.map(({ appliesTo }, index) => ({ where: `${name}[${index}].appliesTo`, appliesTo })),
  );
}

function knownNames(actions: readonly Action[]): Readonly<Record<keyof Selector, ReadonlySet<string>>> {
  return {
    actions: new Set<string>(actions.map((action) => action.actionId)),
    groups: new Set<string>(actions.map((action) => action.group)),
    issues: new Set<string>(actions.map((action) => action.issue)),
    classes: new Set(['promotional', 'transactional', 'mandatory']),
    tags: new Set(actions.flatMap((action) => action.tags)),
    channels: new Set<string>(
      actions.flatMap((action) => action.treatments.map((treatment) => treatment.channel)),
    ),
  };
}

/**
 * Rules that name an action, group, issue, tag or channel the catalogue doesn't have, and so do nothing. They may be meant
 * for what is still to come, so they are warnings; a rule that is ignored silently would be worse.
 */
export function unknownReferences(policies: Policies, actions: readonly Action[]): string[] {
  const known = knownNames(actions);
  const kinds: readonly (keyof Selector)[] = ['actions', 'groups', 'issues', 'tags', 'channels'];
  const inSelectors = selectorsOf(policies).flatMap(({ where, appliesTo }) =>
    kinds.flatMap((kind) =>
      (appliesTo[kind] ?? []).flatMap((name) =>
        known[kind].has(name) ? [] : [`"${where}.${kind}" names "${name}", which the catalogue doesn't have`],
      ),
    ),
  );
  const inExperiments = policies.experiments.flatMap((experiment, index) =>
    experiment.variants.flatMap((variant, place) =>
      variant.withhold.flatMap((actionId) =>
        known.actions.has(actionId)
          ? []
          : [
              `"policies.experiments[${index}].variants[${place}].withhold" names "${actionId}", which the catalogue doesn't have`,
            ],
      ),
    ),
  );
  return [...inSelectors, ...inExperiments];
}
