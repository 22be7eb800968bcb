import { FEATURES } from '@segue/models';

const FEATURE_WORDS: ReadonlyMap<string, string> = new Map(
  FEATURES.map(({ name, description }) => [`features.${name}`, description]),
);

const FIELD_WORDS: ReadonlyMap<string, string> = new Map([
  ['scores.churn', 'Probability of leaving'],
  ['scores.value', 'Expected value in the coming year'],
  ['segments', 'Segments'],
  ['lists', 'Lists'],
  ['sentiment', 'Mood, from -1 to 1'],
  ['language', 'Language'],
  ['timeZone', 'Time zone'],
  ['firstSeenAt', 'First seen'],
  ['noProfiling', 'Objects to profiling'],
  ['local.hour', "Hour on the customer's clock"],
  ['local.weekday', "Day on the customer's calendar"],
  ['context.topic', 'Topic of the conversation'],
  ['context.page', 'Page'],
  ['context.intents', 'Seems to want'],
  ['context.channel', 'Channel'],
  ['context.placement', 'Place'],
]);

/** `firstName`, `loyalty_tier` -> "First name", "Loyalty tier". */
function spokenName(name: string): string {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What people call a field of a condition; undefined where it has no better name than its path. */
export function fieldWords(path: string): string | undefined {
  const known = FEATURE_WORDS.get(path) ?? FIELD_WORDS.get(path);
  if (known !== undefined) return known;
  const [root = '', name = '', part = ''] = path.split('.', 3);
  if (root === 'consent' && part !== '') return `${spokenName(part)} on ${name}`;
  if ((root === 'traits' || root === 'context') && name !== '')
    return spokenName(path.slice(root.length + 1));
  return undefined;
}
