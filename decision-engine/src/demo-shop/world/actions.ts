import type { Category } from './categories.js';

export const DEMO_CHANNELS = ['agent', 'email', 'web', 'sms'] as const;
export type DemoChannel = (typeof DEMO_CHANNELS)[number];

/** When an action makes sense at all; the catalogue says the same in its own conditions. */
export type Occasion =
  | 'any'
  | 'open-basket'
  | 'late-parcel'
  | 'trouble'
  | 'lapsed'
  | 'after-order'
  | 'not-plus';

/** An action as the simulation sees it. Its words stand in the demo catalogue, its effect in the truth. */
export type DemoAction = {
  readonly id: string;
  readonly group: string;
  readonly class: 'promotional' | 'transactional' | 'mandatory';
  readonly channels: readonly DemoChannel[];
  readonly occasion: Occasion;
  readonly tags: readonly Category[];
  /** Share off the next order; 0 for actions that give none. */
  readonly discount: number;
  /** Margin in pounds a yes is worth to the shop, before the cost. */
  readonly value: number;
  /** Pounds a yes costs beyond the discount (credit, courier, points). */
  readonly cost: number;
};

const ALL: readonly DemoChannel[] = ['agent', 'email', 'web', 'sms'];
const SCREEN: readonly DemoChannel[] = ['agent', 'email', 'web'];

const promotional = (action: Omit<DemoAction, 'class'>): DemoAction => ({ ...action, class: 'promotional' });
const transactional = (action: Omit<DemoAction, 'class'>): DemoAction => ({
  ...action,
  class: 'transactional',
});

export const SHOP_ACTIONS: readonly DemoAction[] = [
  promotional({
    id: 'we-miss-you',
    group: 'win-back',
    channels: ['email', 'sms'],
    occasion: 'lapsed',
    tags: [],
    discount: 0,
    value: 9,
    cost: 0,
  }),
  promotional({
    id: 'welcome-back-15',
    group: 'win-back',
    channels: ALL,
    occasion: 'lapsed',
    tags: [],
    discount: 0.15,
    value: 16,
    cost: 0,
  }),
  promotional({
    id: 'loyalty-points-500',
    group: 'stay',
    channels: SCREEN,
    occasion: 'any',
    tags: [],
    discount: 0,
    value: 11,
    cost: 5,
  }),
  promotional({
    id: 'kitchen-week',
    group: 'category-offers',
    channels: SCREEN,
    occasion: 'any',
    tags: ['kitchen'],
    discount: 0.1,
    value: 14,
    cost: 0,
  }),
  promotional({
    id: 'garden-season',
    group: 'category-offers',
    channels: SCREEN,
    occasion: 'any',
    tags: ['garden'],
    discount: 0.1,
    value: 13,
    cost: 0,
  }),
  promotional({
    id: 'outdoor-bundle',
    group: 'category-offers',
    channels: ALL,
    occasion: 'any',
    tags: ['outdoor', 'sport'],
    discount: 0.12,
    value: 22,
    cost: 0,
  }),
  promotional({
    id: 'audio-upgrade',
    group: 'category-offers',
    channels: ['email', 'web'],
    occasion: 'any',
    tags: ['audio'],
    discount: 0.05,
    value: 34,
    cost: 0,
  }),
  promotional({
    id: 'toys-three-for-two',
    group: 'category-offers',
    channels: ALL,
    occasion: 'any',
    tags: ['toys'],
    discount: 0.2,
    value: 12,
    cost: 0,
  }),
  promotional({
    id: 'bedding-refresh',
    group: 'category-offers',
    channels: ['email', 'web'],
    occasion: 'any',
    tags: ['home'],
    discount: 0,
    value: 18,
    cost: 0,
  }),
  promotional({
    id: 'basket-reminder',
    group: 'basket',
    channels: ['email', 'web', 'sms'],
    occasion: 'open-basket',
    tags: [],
    discount: 0,
    value: 15,
    cost: 0,
  }),
  promotional({
    id: 'basket-free-delivery',
    group: 'basket',
    channels: ALL,
    occasion: 'open-basket',
    tags: [],
    discount: 0,
    value: 17,
    cost: 4.5,
  }),
  promotional({
    id: 'basket-10-off',
    group: 'basket',
    channels: ALL,
    occasion: 'open-basket',
    tags: [],
    discount: 0.1,
    value: 17,
    cost: 0,
  }),
  transactional({
    id: 'late-parcel-express',
    group: 'late-parcel',
    channels: ['agent', 'email'],
    occasion: 'late-parcel',
    tags: [],
    discount: 0,
    value: 14,
    cost: 6,
  }),
  transactional({
    id: 'late-parcel-credit',
    group: 'late-parcel',
    channels: ALL,
    occasion: 'late-parcel',
    tags: [],
    discount: 0,
    value: 12,
    cost: 5,
  }),
  transactional({
    id: 'callback-today',
    group: 'trouble',
    channels: ['agent', 'email', 'sms'],
    occasion: 'trouble',
    tags: [],
    discount: 0,
    value: 10,
    cost: 3,
  }),
  transactional({
    id: 'replace-or-refund',
    group: 'trouble',
    channels: ['agent', 'email'],
    occasion: 'trouble',
    tags: [],
    discount: 0,
    value: 18,
    cost: 9,
  }),
  promotional({
    id: 'join-plus',
    group: 'membership',
    channels: SCREEN,
    occasion: 'not-plus',
    tags: [],
    discount: 0,
    value: 30,
    cost: 2,
  }),
  promotional({
    id: 'refer-a-friend',
    group: 'membership',
    channels: ['email', 'web'],
    occasion: 'after-order',
    tags: [],
    discount: 0,
    value: 13,
    cost: 3,
  }),
  promotional({
    id: 'care-tips',
    group: 'guides',
    channels: ['email', 'web'],
    occasion: 'after-order',
    tags: [],
    discount: 0,
    value: 3,
    cost: 0,
  }),
  promotional({
    id: 'style-and-size-guide',
    group: 'guides',
    channels: ['agent', 'web'],
    occasion: 'any',
    tags: ['sport', 'outdoor'],
    discount: 0,
    value: 4,
    cost: 0,
  }),
  {
    id: 'terms-update',
    group: 'legal',
    class: 'mandatory',
    channels: ['email'],
    occasion: 'any',
    tags: [],
    discount: 0,
    value: 0,
    cost: 0,
  },
];

const byId = new Map(SHOP_ACTIONS.map((action) => [action.id, action]));

/** The demo action of this id, or undefined where the shop has none such. */
export function demoAction(id: string): DemoAction | undefined {
  return byId.get(id);
}
