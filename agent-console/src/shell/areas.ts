import {
  Cable,
  ChartNoAxesCombined,
  ChartPie,
  CircleUser,
  FlaskConical,
  Gauge,
  Inbox,
  KeyRound,
  ListTree,
  type LucideIcon,
  ScrollText,
  SendHorizontal,
  ShieldCheck,
  SlidersHorizontal,
  SquareLibrary,
  Users,
  Waypoints,
} from 'lucide-react';
import type { Permission } from '../engine/engine-types';

export const AREA_GROUPS = ['work', 'plan', 'measure', 'settings'] as const;
export type AreaGroup = (typeof AREA_GROUPS)[number];

/** One part of the console, with its way in. */
export type Area = {
  /** Where it begins; every address below it belongs to it. */
  href: string;
  label: string;
  icon: LucideIcon;
  /** Without it the way in is hidden and the page says so; null = for everybody who is signed in. */
  permission: Permission | null;
  /** `settings` stand in the list of the settings, the others in the rail, in the order of `AREA_GROUPS`. */
  group: AreaGroup;
  /** Other addresses that belong to it. */
  also?: readonly string[];
};

/**
 * Every part of the console. To add one: write its page under `app/(segue)/(console)`, add a line here with the
 * permission its first call needs (the engine's `access/permissions.ts`), and a picture of it in
 * `testing/console-pages.ts`. Rail, bottom bar, the "More" sheet, the list of the settings and the "no permission" page
 * follow from this list. A part without a page has no line: there are no dead ways.
 */
export const AREAS: readonly Area[] = [
  {
    href: '/',
    label: 'Inbox',
    icon: Inbox,
    permission: 'customers:read',
    group: 'work',
    also: ['/customers'],
  },
  { href: '/outbox', label: 'Outbox', icon: SendHorizontal, permission: 'outbox:read', group: 'work' },
  { href: '/journeys', label: 'Journeys', icon: Waypoints, permission: 'journeys:read', group: 'plan' },
  { href: '/segments', label: 'Segments', icon: ChartPie, permission: 'segments:read', group: 'plan' },
  {
    href: '/catalogue',
    label: 'Catalogue',
    icon: SquareLibrary,
    permission: 'catalogue:read',
    group: 'plan',
  },
  {
    href: '/policies',
    label: 'Policies',
    icon: SlidersHorizontal,
    permission: 'catalogue:read',
    group: 'plan',
  },
  {
    href: '/dashboards',
    label: 'Dashboards',
    icon: ChartNoAxesCombined,
    permission: 'dashboards:read',
    group: 'measure',
  },
  {
    href: '/experiments',
    label: 'Experiments',
    icon: FlaskConical,
    permission: 'experiments:read',
    group: 'measure',
  },
  { href: '/decisions', label: 'Decisions', icon: ListTree, permission: 'decisions:read', group: 'measure' },
  { href: '/models', label: 'Models', icon: Gauge, permission: 'models:read', group: 'measure' },
  {
    href: '/settings/channels',
    label: 'Channels',
    icon: Cable,
    permission: 'channels:write',
    group: 'settings',
  },
  { href: '/settings/profile', label: 'Your account', icon: CircleUser, permission: null, group: 'settings' },
  { href: '/settings/people', label: 'People', icon: Users, permission: 'people:manage', group: 'settings' },
  { href: '/settings/keys', label: 'API keys', icon: KeyRound, permission: 'keys:manage', group: 'settings' },
  {
    href: '/settings/privacy',
    label: 'Privacy requests',
    icon: ShieldCheck,
    permission: 'privacy:manage',
    group: 'settings',
  },
  {
    href: '/settings/audit',
    label: 'Audit log',
    icon: ScrollText,
    permission: 'audit:read',
    group: 'settings',
  },
];

export const GROUP_NAMES: Readonly<Record<AreaGroup, string>> = {
  work: 'Work',
  plan: 'Plan',
  measure: 'Measure',
  settings: 'Settings',
};

function holds(start: string, path: string): boolean {
  return start === '/' ? path === '/' : path === start || path.startsWith(`${start}/`);
}

/** The part an address belongs to; null where it belongs to none. The longest way in counts. */
export function areaOf(path: string, areas: readonly Area[] = AREAS): Area | null {
  let best: { area: Area; length: number } | null = null;
  for (const area of areas) {
    for (const start of [area.href, ...(area.also ?? [])]) {
      if (!holds(start, path) || (best !== null && best.length >= start.length)) continue;
      best = { area, length: start.length };
    }
  }
  return best?.area ?? null;
}

/** Whether somebody with these permissions may see a part. */
export function mayOpen(area: Area, permissions: readonly Permission[]): boolean {
  return area.permission === null || permissions.includes(area.permission);
}

/** The parts of a group that are open to these permissions, in their order. */
export function areasOf(
  group: AreaGroup,
  permissions: readonly Permission[],
  areas = AREAS,
): readonly Area[] {
  return areas.filter((area) => area.group === group && mayOpen(area, permissions));
}
