import type { Profile } from './profile.js';

/** Whether the customer said no to being profiled: no model scores them then, only rules decide. */
export function objectsToProfiling({ consent }: Pick<Profile, 'consent'>): boolean {
  return consent.some(({ purpose, state }) => purpose === 'profiling' && state === 'denied');
}
