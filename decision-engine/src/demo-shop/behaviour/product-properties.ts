import type { JsonObject } from '@segue/models';
import type { Product } from '../world/products.js';
import type { BasketLine } from './life.js';

export const CURRENCY = 'GBP';

/** Pounds to the penny. */
export const pence = (amount: number): number => Math.round(amount * 100) / 100;

/** A product in the words of the Segment commerce spec. */
export function productProperties(product: Product): { readonly [key: string]: string | number } {
  return {
    product_id: product.productId,
    sku: product.sku,
    category: product.category,
    name: product.name,
    brand: product.brand,
    price: product.price,
  };
}

export function basketProperties(lines: readonly BasketLine[]): JsonObject[] {
  return lines.map(({ product, quantity }) => ({ ...productProperties(product), quantity }));
}
