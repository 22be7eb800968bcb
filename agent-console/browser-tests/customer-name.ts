import type { Page } from 'playwright-core';

/** The name on a customer's page, once the customer is read: until then the heading is that of the page. */
export async function customerName(page: Page): Promise<string> {
  const heading = page.getByRole('heading', { level: 1 }).filter({ hasNotText: /^Customer$/ });
  return (await heading.first().textContent()) ?? '';
}
