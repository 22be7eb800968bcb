import {
  difference,
  differenceOfMeans,
  type Estimate,
  mean,
  mismatchChance,
  momentsOf,
  share,
} from './estimate.js';
import type { OrderRow } from './read-window.js';

/** The first time a customer was decided for under a variant. */
export type Exposure = { readonly customerId: string; readonly variantId: string; readonly at: number };

export type VariantPlan = { readonly variantId: string; readonly weight: number };

export type VariantResult = {
  readonly variantId: string;
  /** The part of the customers it should have, 0 to 1. */
  readonly planned: number;
  readonly customers: number;
  /** Customers with an order after their first exposure. */
  readonly conversion: Estimate;
  /** What customers paid after their first exposure, those who paid nothing included. */
  readonly revenue: Estimate;
  /** Against the first variant; null for that one. */
  readonly against: { readonly conversion: Estimate; readonly revenue: Estimate } | null;
};

export type ExperimentResult = {
  readonly variants: readonly VariantResult[];
  /**
   * The chance that customers would be split this unevenly, were the split as planned; below 0.001 something is wrong
   * with how they were split or counted, and differences mean nothing.
   */
  readonly mismatch: number | null;
  /** Customers who were seen under more than one variant; left out. */
  readonly mixed: number;
};

/** What came of each variant of an experiment, customers counted from their first exposure on. */
export function compareVariants(
  plan: readonly VariantPlan[],
  exposures: readonly Exposure[],
  orders: readonly OrderRow[],
): ExperimentResult {
  const first = new Map<string, Exposure>();
  const mixed = new Set<string>();
  for (const exposure of exposures) {
    const known = first.get(exposure.customerId);
    if (known !== undefined && known.variantId !== exposure.variantId) mixed.add(exposure.customerId);
    if (known === undefined || exposure.at < known.at) first.set(exposure.customerId, exposure);
  }
  const paid = new Map<string, number>();
  for (const { customerId, at, amount } of orders) {
    const exposure = first.get(customerId);
    if (exposure === undefined || at < exposure.at) continue;
    paid.set(customerId, (paid.get(customerId) ?? 0) + amount);
  }
  const counted = [...first.values()].filter(({ customerId }) => !mixed.has(customerId));
  const weights = plan.reduce((sum, { weight }) => sum + weight, 0);
  const groups = plan.map(({ variantId, weight }) => {
    const customers = counted.filter((exposure) => exposure.variantId === variantId);
    const amounts = customers.map(({ customerId }) => paid.get(customerId) ?? 0);
    const buyers = customers.filter(({ customerId }) => paid.has(customerId)).length;
    return {
      variantId,
      planned: weights === 0 ? 0 : weight / weights,
      customers: customers.length,
      conversion: share(buyers, customers.length),
      moments: momentsOf(amounts),
    };
  });
  const [control] = groups;
  return {
    variants: groups.map(({ moments, ...group }, index) => ({
      ...group,
      revenue: mean(moments),
      against:
        index === 0 || control === undefined
          ? null
          : {
              conversion: difference(group.conversion, control.conversion),
              revenue: differenceOfMeans(moments, control.moments),
            },
    })),
    mismatch: mismatchChance(
      groups.map(({ customers }) => customers),
      groups.map(({ planned }) => planned),
    ),
    mixed: mixed.size,
  };
}
