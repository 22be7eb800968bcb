import type { Reason } from '../engine/engine-types';
import { numberWords } from '../number/number-words';

/** The number behind a reason, in one line: what it moves and by how much, and where it comes from. */
export function reasonNumber(reason: Reason, of: 'leaving' | 'yes'): string {
  const parts: string[] = [];
  if (reason.contribution !== null && reason.contribution !== 0) {
    const points = Math.abs(reason.contribution * 100);
    const size =
      points < 1
        ? 'less than a point'
        : `${Math.round(points)} ${Math.round(points) === 1 ? 'point' : 'points'}`;
    const chance = of === 'leaving' ? 'the chance of leaving' : 'the chance of a yes';
    parts.push(`${reason.contribution > 0 ? 'Raises' : 'Lowers'} ${chance} by ${size}`);
  }
  if (reason.source !== '') {
    parts.push(
      reason.value === null ? reason.source : `${reason.source} is ${numberWords(reason.value, { most: 2 })}`,
    );
  }
  return parts.length === 0 ? 'A rule of the catalogue' : parts.join(' · ');
}
