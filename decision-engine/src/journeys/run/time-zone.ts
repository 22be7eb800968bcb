import { localTime } from '../../policy/local-time.js';

/** Whether it names a time zone: "Europe/London". */
export function isTimeZone(name: string): boolean {
  return name === 'UTC' || localTime(0, name).timeZone !== 'UTC';
}
