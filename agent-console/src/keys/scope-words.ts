import type { ApiKeyScope } from '../engine/engine-types';

/** Every scope there is; the compiler asks for the ones that are missing. */
export const SCOPE_WORDS: Readonly<Record<ApiKeyScope, string>> = {
  'events:write': 'Send events',
  decide: 'Ask for decisions',
  feedback: 'Report outcomes',
  read: 'Read decisions',
  placements: 'Ask what a page shows: fit for a key in a page',
  'customers:read': 'Read customers',
  'customers:unmerge': 'Take merged customers apart',
  'catalogue:read': 'Read the catalogue',
  'catalogue:write': 'Write drafts',
  'catalogue:publish': 'Publish the catalogue',
  'journeys:read': 'Read journeys',
  'journeys:write': 'Write journeys',
  'journeys:publish': 'Publish journeys',
  'segments:read': 'Read segments',
  'segments:write': 'Write segments',
  'experiments:read': 'Read experiments',
  'experiments:write': 'Write experiments',
  'models:read': 'Read models',
  'models:promote': 'Promote models',
  'dashboards:read': 'Read figures',
  'privacy:manage': 'Export and erase customers',
};

/** What a key may do, in words; a scope of before that is no more keeps its name. */
export function scopeWords(scope: string): string {
  return isScope(scope) ? SCOPE_WORDS[scope] : scope;
}

function isScope(name: string): name is ApiKeyScope {
  return Object.hasOwn(SCOPE_WORDS, name);
}
