import type { Change } from './compare-simulations.js';
import type { Simulation } from './simulate-base.js';

const SHOWN = 12;

/** A simulation as a table for people: what is in force, the draft, and the change. */
export function describeSimulation({ comparison, unreadable }: Simulation): string[] {
  const { customers, reached, expectedValue, actions, channels, groups, segments, droppedBy } = comparison;
  const left = unreadable === 0 ? '' : `, ${unreadable} left out (their stored state is of another version)`;
  const parts: readonly (readonly [string, readonly Change[]])[] = [
    ['Actions', actions],
    ['Channels', channels],
    ['Groups', groups],
    ['Segments (reached)', segments],
    ['Stopped by', droppedBy],
  ];
  return [
    `${customers} customers asked once each${left}`,
    row('', 'in force', 'draft', 'change'),
    changeRow('Customers reached', reached, 0),
    changeRow('Expected value', expectedValue, 2),
    ...parts.flatMap(([title, changes]) => section(title, changes)),
  ];
}

function section(title: string, changes: readonly Change[]): string[] {
  if (changes.length === 0) return [`${title}: no change`];
  const more = changes.length - SHOWN;
  return [
    title,
    ...changes.slice(0, SHOWN).map((change) => changeRow(`  ${change.name}`, change, 0)),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function changeRow(name: string, { inForce, draft, change }: Change, digits: number): string {
  const sign = change > 0 ? '+' : '';
  return row(name, inForce.toFixed(digits), draft.toFixed(digits), `${sign}${change.toFixed(digits)}`);
}

const row = (...[name, inForce, draft, change]: [string, string, string, string]): string =>
  `${name.slice(0, 44).padEnd(44)}${inForce.padStart(12)}${draft.padStart(12)}${change.padStart(12)}`;
