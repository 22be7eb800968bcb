import type { Permission } from '../access/permissions.js';

/** What customers and agents do all day is kept with events, decisions and outcomes, each with its author. */
const DAILY: ReadonlySet<Permission> = new Set(['events:write', 'decisions:answer']);

/** Whether a call that changes something and takes this permission belongs in the audit log. */
export function isAudited(permission: Permission): boolean {
  return !permission.endsWith(':read') && !DAILY.has(permission);
}
