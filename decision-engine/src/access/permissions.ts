import { z } from 'zod';

export const AGENT_ROLES = ['agent', 'lead', 'marketer', 'data-scientist', 'admin'] as const;
export type Role = (typeof AGENT_ROLES)[number];

/**
 * Everything a person may be allowed to do. `write` changes what nobody is decided by yet (drafts); `publish` puts it in
 * force. A new page or call takes one of these, or adds a line here and to `ROLE_PERMISSIONS`.
 */
export const PERMISSIONS = [
  'events:write',
  'customers:read',
  'customers:unmerge',
  'decisions:read',
  'decisions:answer',
  'inbox:share',
  'outbox:read',
  'outbox:retry',
  'catalogue:read',
  'catalogue:write',
  'catalogue:publish',
  'journeys:read',
  'journeys:write',
  'journeys:publish',
  'segments:read',
  'segments:write',
  'experiments:read',
  'experiments:write',
  'models:read',
  'models:promote',
  'dashboards:read',
  'channels:write',
  'people:manage',
  'keys:manage',
  'privacy:manage',
  'audit:read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];
export const permission = z.enum(PERMISSIONS);

const AGENT = ['customers:read', 'decisions:read', 'decisions:answer', 'outbox:read'] as const;

/** What each role may do. The whole of it: there are no exceptions elsewhere. */
const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  agent: AGENT,
  lead: [
    ...AGENT,
    'customers:unmerge',
    'inbox:share',
    'outbox:retry',
    'catalogue:read',
    'journeys:read',
    'segments:read',
    'experiments:read',
    'dashboards:read',
  ],
  marketer: [
    'customers:read',
    'decisions:read',
    'outbox:read',
    'outbox:retry',
    'catalogue:read',
    'catalogue:write',
    'catalogue:publish',
    'journeys:read',
    'journeys:write',
    'journeys:publish',
    'segments:read',
    'segments:write',
    'experiments:read',
    'experiments:write',
    'models:read',
    'dashboards:read',
  ],
  // Writes drafts to simulate them; what is in force is the marketer's.
  'data-scientist': [
    'customers:read',
    'decisions:read',
    'catalogue:read',
    'catalogue:write',
    'journeys:read',
    'segments:read',
    'segments:write',
    'experiments:read',
    'experiments:write',
    'models:read',
    'models:promote',
    'dashboards:read',
  ],
  admin: PERMISSIONS,
};

/** What a session of a help desk's sidebar may do, whatever the role: what is done there. */
const PLUGIN: readonly Permission[] = AGENT;

/** What somebody with this role may do in a session of this kind. */
export function permissionsIn(role: Role, { plugin }: { readonly plugin: boolean }): readonly Permission[] {
  return plugin ? ROLE_PERMISSIONS[role].filter((each) => PLUGIN.includes(each)) : ROLE_PERMISSIONS[role];
}

export function permissionsOf(role: Role): readonly Permission[] {
  return ROLE_PERMISSIONS[role];
}

export function roleMay(role: Role, needed: Permission): boolean {
  return ROLE_PERMISSIONS[role].includes(needed);
}

/** The roles that have a permission, the smallest first: who is refused is told whom to ask. */
export function rolesWith(needed: Permission): readonly Role[] {
  return AGENT_ROLES.filter((role) => roleMay(role, needed));
}
