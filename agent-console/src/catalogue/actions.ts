import { isPlain } from '../form/path';
import { utcDayWords } from '../time/wall-time';

type Loose = Readonly<Record<string, unknown>>;

/** What lists show of an action; what is missing or of another type reads as empty. */
export type ActionLine = {
  readonly index: number;
  readonly actionId: string;
  readonly name: string;
  readonly issue: string;
  readonly group: string;
  readonly class: string;
  readonly channels: readonly string[];
  readonly worth: string;
  /** `ends 24 Dec`; null where it has no dates. */
  readonly dates: string | null;
};

export type ActionGroup = { readonly group: string; readonly actions: readonly ActionLine[] };
export type ActionIssue = { readonly issue: string; readonly groups: readonly ActionGroup[] };

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function treatmentsOf(action: Loose): readonly Loose[] {
  const { treatments } = action;
  return Array.isArray(treatments) ? treatments.filter(isPlain) : [];
}

function worthOf({ value, cost }: Loose): string {
  const costs = typeof cost === 'number' && cost > 0 ? ` less ${cost}` : '';
  if (!isPlain(value)) return '';
  if (value['type'] === 'fixed') return `${String(value['amount'] ?? '')}${costs}`;
  if (value['type'] === 'model') return `${Number(value['share'] ?? 1) * 100} % of the value model${costs}`;
  return `a formula${costs}`;
}

function datesOf({ startsAt, endsAt }: Loose, now: number): string | null {
  const format = (at: string): string => utcDayWords(new Date(at));
  const [from, to] = [Date.parse(text(startsAt)), Date.parse(text(endsAt))];
  if (from > now) return `from ${format(text(startsAt))}`;
  if (to <= now) return `ended ${format(text(endsAt))}`;
  return to > now ? `until ${format(text(endsAt))}` : null;
}

function lineOf(action: Loose, index: number, now: number): ActionLine {
  return {
    index,
    actionId: text(action['actionId']),
    name: text(action['name']) || text(action['actionId']) || 'No name yet',
    issue: text(action['issue']) || 'no issue',
    group: text(action['group']) || 'no group',
    class: text(action['class']),
    channels: [...new Set(treatmentsOf(action).map((each) => text(each['channel'])))].filter(
      (each) => each !== '',
    ),
    worth: worthOf(action),
    dates: datesOf(action, now),
  };
}

/** Everything a person would look for an action by, in lower case. */
function searchable(action: Loose): string {
  const tags = Array.isArray(action['tags']) ? action['tags'] : [];
  const words = treatmentsOf(action).flatMap((each) => [each['title'], each['subject'], each['channel']]);
  return [
    action['actionId'],
    action['name'],
    action['description'],
    action['issue'],
    action['group'],
    action['class'],
  ]
    .concat(tags, words)
    .map(text)
    .join('\n')
    .toLowerCase();
}

/** Actions as issues with their groups, those that hold every word of a search. */
export function actionTree(
  actions: readonly Loose[],
  { search, now }: { readonly search: string; readonly now: number },
): ActionIssue[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const issues = new Map<string, Map<string, ActionLine[]>>();
  actions.forEach((action, index) => {
    const all = searchable(action);
    if (!words.every((word) => all.includes(word))) return;
    const line = lineOf(action, index, now);
    const groups = issues.get(line.issue) ?? new Map<string, ActionLine[]>();
    groups.set(line.group, [...(groups.get(line.group) ?? []), line]);
    issues.set(line.issue, groups);
  });
  const byName = <Value>([a]: [string, Value], [b]: [string, Value]): number => (a < b ? -1 : 1);
  return [...issues].sort(byName).map(([issue, groups]) => ({
    issue,
    groups: [...groups].sort(byName).map(([group, lines]) => ({ group, actions: lines })),
  }));
}

/** An id made of a name: `Offer free express` gives `offer-free-express`. */
export function idFromName(name: string, taken: readonly string[]): string {
  const plain =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'action';
  if (!taken.includes(plain)) return plain;
  let number = 2;
  while (taken.includes(`${plain}-${number}`)) number += 1;
  return `${plain}-${number}`;
}
