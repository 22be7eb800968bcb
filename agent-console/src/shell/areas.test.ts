import { Inbox } from 'lucide-react';
import { describe, expect, test } from 'vitest';
import { AREA_GROUPS, AREAS, type Area, areaOf, areasOf, mayOpen } from './areas';

const area = (href: string, more: Partial<Area> = {}): Area => ({
  href,
  label: href,
  icon: Inbox,
  permission: null,
  group: 'work',
  ...more,
});

describe('areaOf', () => {
  const areas = [
    area('/', { also: ['/customers'] }),
    area('/outbox'),
    area('/settings'),
    area('/settings/people'),
  ];
  test.each([
    ['/', '/'],
    ['/customers/cus_1', '/'],
    ['/outbox', '/outbox'],
    ['/outbox/x', '/outbox'],
    ['/outboxes', null],
    ['/settings/people/agt_1', '/settings/people'],
    ['/settings/keys', '/settings'],
    ['/nowhere', null],
  ])('%s belongs to %s', (path, href) => {
    expect(areaOf(path, areas)?.href ?? null).toBe(href);
  });
});

describe('areas', () => {
  test('are seen with their permission only', () => {
    const audit = area('/settings/audit', { permission: 'audit:read', group: 'settings' });
    expect(mayOpen(audit, ['customers:read'])).toBe(false);
    expect(areasOf('settings', ['audit:read'], [audit])).toEqual([audit]);
    expect(areasOf('settings', [], [audit, area('/settings/profile', { group: 'settings' })])).toHaveLength(
      1,
    );
  });

  test('have one way in each, and a group that is shown', () => {
    expect(new Set(AREAS.map(({ href }) => href)).size).toBe(AREAS.length);
    for (const { href, group, label } of AREAS) {
      expect(AREA_GROUPS).toContain(group);
      expect(label).not.toBe('');
      expect(href.startsWith('/settings/')).toBe(group === 'settings');
    }
  });
});
