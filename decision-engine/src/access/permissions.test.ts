import { describe, expect, test } from 'vitest';
import { API_KEY_SCOPES, permissionOfScope } from './api-key-document.js';
import {
  AGENT_ROLES,
  PERMISSIONS,
  type Permission,
  permissionsOf,
  roleMay,
  rolesWith,
} from './permissions.js';

describe('permissions', () => {
  test('an admin may do everything, and everything can be done by somebody', () => {
    expect(permissionsOf('admin')).toEqual(PERMISSIONS);
    for (const each of PERMISSIONS) expect(rolesWith(each)).toContain('admin');
  });

  test.each<[Permission, readonly string[]]>([
    ['customers:read', ['agent', 'lead', 'marketer', 'data-scientist', 'admin']],
    ['decisions:answer', ['agent', 'lead', 'admin']],
    ['inbox:share', ['lead', 'admin']],
    ['outbox:retry', ['lead', 'marketer', 'admin']],
    ['catalogue:write', ['marketer', 'data-scientist', 'admin']],
    ['catalogue:publish', ['marketer', 'admin']],
    ['journeys:publish', ['marketer', 'admin']],
    ['models:promote', ['data-scientist', 'admin']],
    ['people:manage', ['admin']],
    ['keys:manage', ['admin']],
    ['privacy:manage', ['admin']],
    ['audit:read', ['admin']],
    ['channels:write', ['admin']],
    ['events:write', ['admin']],
  ])('%s is for %j', (each, roles) => {
    expect(rolesWith(each)).toEqual(roles);
  });

  test('who may publish may write, and who may write may read', () => {
    const weaker = { publish: 'write', write: 'read', promote: 'read', retry: 'read' } as const;
    for (const role of AGENT_ROLES) {
      for (const each of permissionsOf(role)) {
        const [area, what] = each.split(':');
        const implied = PERMISSIONS.find(
          (other) => other === `${area}:${weaker[what as keyof typeof weaker]}`,
        );
        if (implied !== undefined) expect([role, each, roleMay(role, implied)]).toEqual([role, each, true]);
      }
    }
  });

  test('no role has one twice', () => {
    for (const role of AGENT_ROLES)
      expect(new Set(permissionsOf(role)).size).toBe(permissionsOf(role).length);
  });

  test('every scope of a key is something a person may be allowed, too', () => {
    for (const scope of API_KEY_SCOPES) expect(PERMISSIONS).toContain(permissionOfScope(scope));
    expect(permissionOfScope('decide')).toBe('decisions:answer');
    expect(permissionOfScope('catalogue:publish')).toBe('catalogue:publish');
  });
});
