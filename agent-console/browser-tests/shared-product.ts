import type { TestProject } from 'vitest/node';
import { type Product, startProduct } from './start-product.js';

declare module 'vitest' {
  interface ProvidedContext {
    product: SharedProduct;
  }
}

/** What the files that share one product know of it. */
export type SharedProduct = Pick<Product, 'apiUrl' | 'consoleUrl' | 'dataFolder' | 'admin'>;

/** Starts one small shop for all files that work on the whole product; they follow each other. */
export default async function shareProduct(project: TestProject): Promise<() => Promise<void>> {
  const product = await startProduct({ env: { SEGUE_DEMO_CUSTOMERS: '150' }, readyWithinMs: 420_000 });
  const { apiUrl, consoleUrl, dataFolder, admin } = product;
  project.provide('product', { apiUrl, consoleUrl, dataFolder, admin });
  return async () => {
    await product.stop();
  };
}
