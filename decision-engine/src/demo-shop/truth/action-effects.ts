/** How an action works on people: log odds, added to what all actions share. */
export type ActionEffect = {
  /** Log odds of a yes from an average customer on the web, with nothing else going on. */
  readonly base: number;
  /** Times how far the customer's interest in the action's categories is above or below even (-1 to 1). */
  readonly interest: number;
  /** Times price sensitivity less one half. */
  readonly price: number;
  /** Times mood (-1 to 1). */
  readonly mood: number;
  /** Times how long since the last order (0 just now … 1 half a year). */
  readonly lapse: number;
  /** Times tanh of the basket's value against 60 pounds. */
  readonly basket: number;
};

const EVEN: ActionEffect = { base: -2.3, interest: 0, price: 0, mood: 0, lapse: 0, basket: 0 };

const EFFECTS: Readonly<Record<string, ActionEffect>> = {
  'we-miss-you': { ...EVEN, base: -2.2, price: -0.74, lapse: -1.4 },
  'welcome-back-15': { ...EVEN, base: -1.7, price: 0.85, lapse: -0.9 },
  'loyalty-points-500': { ...EVEN, base: -1.8, price: 0.37, lapse: -0.8 },
  'kitchen-week': { ...EVEN, base: -2.1, interest: 1.13, price: 0.31 },
  'garden-season': { ...EVEN, base: -2.2, interest: 1.13, price: 0.24 },
  'outdoor-bundle': { ...EVEN, base: -2.3, interest: 1.13, price: -0.24 },
  'audio-upgrade': { ...EVEN, base: -2.6, interest: 1.3, price: -1.1 },
  'toys-three-for-two': { ...EVEN, base: -2, interest: 1.19, price: 0.55 },
  'bedding-refresh': { ...EVEN, base: -2.5, interest: 1.02, price: -0.79 },
  'basket-reminder': { ...EVEN, base: -1.1, price: -0.92, basket: 0.2 },
  'basket-free-delivery': { ...EVEN, base: -0.8, price: 0.31, basket: -0.7 },
  'basket-10-off': { ...EVEN, base: -0.9, price: 0.68, basket: 0.8 },
  'late-parcel-express': { ...EVEN, base: 0.3, price: -0.49, mood: -0.4 },
  'late-parcel-credit': { ...EVEN, base: 0.1, price: 0.61, mood: 0.3 },
  'callback-today': { ...EVEN, base: -0.6, mood: -0.8 },
  'replace-or-refund': { ...EVEN, base: 0.5, price: 0.18, mood: -0.3 },
  'join-plus': { ...EVEN, base: -3, price: -0.55, lapse: -1.5, mood: 0.8 },
  'refer-a-friend': { ...EVEN, base: -3.1, mood: 1.4 },
  'care-tips': { ...EVEN, base: -1.5, price: -0.31 },
  'style-and-size-guide': { ...EVEN, base: -1.7, interest: 0.79 },
  'terms-update': { ...EVEN, base: -4 },
};

/** An action that came to the shop later than this truth answers like an average offer. */
export function actionEffect(actionId: string): ActionEffect {
  return EFFECTS[actionId] ?? EVEN;
}
