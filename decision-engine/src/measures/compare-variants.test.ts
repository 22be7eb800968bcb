import { describe, expect, it } from 'vitest';
import { compareVariants, type Exposure } from './compare-variants.js';

const plan = [
  { variantId: 'control', weight: 1 },
  { variantId: 'treated', weight: 1 },
];
const exposed = (count: number, variantId: string, from: number): Exposure[] =>
  Array.from({ length: count }, (_, index) => ({ customerId: `c${from + index}`, variantId, at: 100 }));
const order = (customer: number, at: number, amount = 10) => ({ customerId: `c${customer}`, at, amount });

describe('compareVariants', () => {
  it('counts orders from the first exposure on', () => {
    const exposures = [...exposed(50, 'control', 0), ...exposed(50, 'treated', 50)];
    const orders = [
      ...Array.from({ length: 5 }, (_, index) => order(index, 150)),
      ...Array.from({ length: 20 }, (_, index) => order(50 + index, 150)),
      order(49, 99),
      order(999, 150),
    ];
    const { variants, mismatch, mixed } = compareVariants(plan, exposures, orders);
    const [control, treated] = variants;
    expect([control?.conversion.value, treated?.conversion.value]).toEqual([0.1, 0.4]);
    expect([control?.revenue.value, treated?.revenue.value]).toEqual([1, 4]);
    expect(control?.against).toBeNull();
    expect(treated?.against?.conversion.value).toBeCloseTo(0.3);
    expect(treated?.against?.conversion.low).toBeGreaterThan(0);
    expect(treated?.against?.revenue.low).toBeGreaterThan(0);
    expect(mismatch).toBeCloseTo(1);
    expect(mixed).toBe(0);
  });

  it('leaves out who saw both, and says how many', () => {
    const exposures = [...exposed(10, 'control', 0), ...exposed(10, 'treated', 5)];
    const { variants, mixed } = compareVariants(plan, exposures, []);
    expect(mixed).toBe(5);
    expect(variants.map(({ customers }) => customers)).toEqual([5, 5]);
  });

  it('notices a split that is not the planned one', () => {
    const exposures = [...exposed(700, 'control', 0), ...exposed(300, 'treated', 700)];
    expect(compareVariants(plan, exposures, []).mismatch).toBeLessThan(0.001);
  });

  it('says nothing of nobody', () => {
    const { variants, mismatch } = compareVariants(plan, [], []);
    expect(variants[1]?.against?.conversion.value).toBeNull();
    expect(mismatch).toBeNull();
  });
});
