import type { Page } from 'playwright-core';
import type { Role } from '../engine/engine-types';
import type { FakeShop } from './fake-shop';

const CUSTOMER = '/customers/cus_0000';

/** A page of the console in a state worth looking at. */
export type ConsolePage = {
  name: string;
  path: string;
  /** Brings the page into the state that is shown. */
  arrange?: (page: Page, shop: FakeShop) => Promise<void>;
  only?: 'wide' | 'narrow';
  signedOut?: true;
  /** Who looks at it; an agent unless told. */
  as?: Role;
};

const settled = (page: Page) => page.getByRole('heading', { name: 'Timeline' }).waitFor();

const nobodyFits = (page: Page) => page.getByText('Nobody fits the filter').waitFor();

/** Every page of the console, for pictures and for checks that hold everywhere. */
export const CONSOLE_PAGES: readonly ConsolePage[] = [
  { name: 'sign-in', path: '/sign-in', signedOut: true },
  {
    name: 'sign-in-wrong',
    path: '/sign-in',
    signedOut: true,
    arrange: async (page) => {
      await page.getByLabel('E-mail').fill('dana@example.com');
      await page.getByLabel('Password').fill('not this');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('do not belong together').waitFor();
    },
  },
  { name: 'inbox', path: '/' },
  {
    name: 'inbox-filter',
    path: '/?why=basket,leaving&for=nobody',
    as: 'lead',
    arrange: async (page) => {
      await page.getByRole('button', { name: 'Without “Nobody’s”' }).waitFor();
      await page.keyboard.press('f');
      await page.getByRole('dialog', { name: 'Filter' }).getByLabel('Save as a view').waitFor();
    },
  },
  {
    name: 'inbox-views',
    path: '/',
    as: 'lead',
    arrange: async (page, shop) => {
      const view = (name: string, shared: boolean) => ({ viewId: name, name, filter: { worth: 9 }, shared });
      shop.desk.saveView(view('Upset and waiting', true));
      shop.desk.saveView(view('Open baskets over £9', false));
      shop.assign({ customerId: 'cus_0002', how: 'take' }, { ...shop.agent, agentId: 'agt_2', name: 'Ravi' });
      shop.assign({ customerId: 'cus_0001', how: 'take' }, shop.agent);
      await page.reload();
      await page.getByText('Amara Okafor').first().waitFor();
      await page.keyboard.press('v');
      await page.getByRole('dialog', { name: 'Views' }).getByText('Upset and waiting').waitFor();
    },
  },
  { name: 'inbox-nobody', path: '/?segment=newcomers', arrange: nobodyFits },
  { name: 'customer', path: CUSTOMER, arrange: settled },
  {
    name: 'customer-colleague',
    path: CUSTOMER,
    arrange: async (page, shop) => {
      await settled(page);
      const ravi = { ...shop.agent, agentId: 'agt_2', name: 'Ravi Menon' };
      shop.assign({ customerId: 'cus_0000', how: 'take' }, ravi);
      shop.push('presence:changed', {
        whole: false,
        customers: [
          { customerId: 'cus_0000', viewers: [shop.agent, ravi] },
          { customerId: 'cus_0004', viewers: [ravi] },
        ],
      });
      await page.getByRole('button', { name: 'Take over' }).waitFor();
    },
  },
  {
    name: 'customer-no',
    path: CUSTOMER,
    only: 'wide',
    arrange: async (page) => {
      await settled(page);
      await page.getByRole('heading', { name: 'Offer free express' }).waitFor();
      await page.keyboard.press('n');
      await page.getByRole('dialog', { name: 'Why not?' }).waitFor();
    },
  },
  {
    name: 'customer-answered',
    path: CUSTOMER,
    arrange: async (page, shop) => {
      await settled(page);
      if ((page.viewportSize()?.width ?? 0) < 768)
        await page.getByRole('button', { name: 'Next action' }).click();
      await page.getByRole('heading', { name: 'Offer free express' }).waitFor();
      await page.keyboard.press('y');
      await page.getByText('Kept in the decision').waitFor();
      await page.getByRole('heading', { name: 'Send the kettle' }).waitFor();
      shop.addToBasket('cus_0000');
    },
  },
  {
    name: 'customer-action',
    path: '/customers/cus_0001',
    only: 'narrow',
    arrange: async (page) => {
      await settled(page);
      await page.getByRole('button', { name: 'Next action' }).click();
      await page.getByText('What else was considered').click();
    },
  },
  {
    name: 'help',
    path: '/',
    only: 'wide',
    arrange: async (page) => {
      await page.getByText('Amara Okafor').first().waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    },
  },
  { name: 'outbox', path: '/outbox' },
  {
    name: 'channels',
    path: '/settings/channels',
    as: 'admin',
    arrange: async (page) => {
      await page.getByRole('heading', { name: 'To colleagues' }).waitFor();
    },
  },
  {
    name: 'decision',
    path: '/decisions/dec_0_0',
    arrange: async (page) => {
      await page.getByText('Give a £10 voucher').click();
    },
  },
  { name: 'segments', path: '/segments', as: 'marketer' },
  {
    name: 'segment',
    path: '/segments/loyal',
    as: 'marketer',
    arrange: (page) => page.getByText('Amara Okafor').first().waitFor(),
  },
  {
    name: 'segment-edit',
    path: '/segments/loyal',
    as: 'marketer',
    arrange: async (page) => {
      await page.getByRole('button', { name: 'Edit' }).click();
      await page.getByText('of 1,240 customers').waitFor();
      await page.getByRole('button', { name: 'Number of events' }).click();
      await page.getByLabel('Event', { exact: true }).fill('Order Completed');
    },
  },
  { name: 'journeys', path: '/journeys', as: 'marketer' },
  {
    name: 'journey',
    path: '/journeys/abandoned-basket',
    as: 'marketer',
    arrange: (page) => page.getByText('369', { exact: false }).first().waitFor(),
  },
  {
    name: 'journey-step',
    path: '/journeys/abandoned-basket',
    as: 'marketer',
    arrange: async (page) => {
      await page.getByRole('button', { name: /^remind/ }).click();
      await page.getByRole('complementary', { name: 'Step remind' }).waitFor();
    },
  },
  {
    name: 'journey-runs',
    path: '/journeys/abandoned-basket',
    as: 'marketer',
    arrange: async (page) => {
      await page.getByRole('radio', { name: 'Customers' }).click();
      await page.getByText('the mail server did not answer').first().click();
      await page.getByRole('button', { name: 'Try again' }).waitFor();
    },
  },
  {
    name: 'journey-edit',
    path: '/journeys/abandoned-basket',
    as: 'marketer',
    arrange: async (page) => {
      await page.getByRole('radio', { name: 'Edit' }).click();
      const text = page.getByLabel('Definition in YAML');
      await text.fill((await text.inputValue()).replace('timedOut: likely', 'timedOut: nowhere'));
      await page.getByRole('button', { name: 'Line 10' }).waitFor();
    },
  },
  {
    name: 'journey-try',
    path: '/journeys/abandoned-basket',
    as: 'marketer',
    arrange: async (page) => {
      await page.getByRole('radio', { name: 'Try it' }).click();
      await page.getByRole('textbox', { name: 'Customer' }).fill('Amara');
      await page
        .getByRole('button', { name: /Amara Okafor/ })
        .first()
        .click();
      await page.getByRole('button', { name: 'Play from now on' }).click();
      await page.getByText('Your basket is still here').waitFor();
    },
  },
  {
    name: 'journey-past',
    path: '/journeys/abandoned-basket',
    as: 'marketer',
    arrange: async (page) => {
      await page.getByRole('radio', { name: 'Past' }).click();
      await page.getByRole('button', { name: 'Who would have entered?' }).click();
      await page.getByText('96 customers', { exact: false }).waitFor();
    },
  },
  { name: 'profile', path: '/settings/profile' },
  {
    name: 'second-factor',
    path: '/settings/profile',
    arrange: async (page) => {
      await page.getByRole('button', { name: 'Set up' }).click();
      await page.getByRole('img', { name: 'Code for an authenticator app' }).waitFor();
    },
  },
  { name: 'people', path: '/settings/people', as: 'admin' },
  {
    name: 'invite',
    path: '/settings/people',
    as: 'admin',
    arrange: async (page) => {
      await page.getByRole('button', { name: 'Invite' }).click();
      await page.getByRole('dialog', { name: 'Invite somebody' }).waitFor();
    },
  },
  { name: 'keys', path: '/settings/keys', as: 'admin' },
  {
    name: 'new-key',
    path: '/settings/keys',
    as: 'admin',
    arrange: async (page) => {
      await page.getByRole('button', { name: 'New key' }).click();
      await page.getByRole('dialog', { name: 'New API key' }).waitFor();
    },
  },
  { name: 'audit', path: '/settings/audit', as: 'admin' },
  { name: 'privacy', path: '/settings/privacy', as: 'admin' },
  {
    name: 'erase',
    path: '/settings/privacy',
    as: 'admin',
    arrange: async (page) => {
      await page.getByRole('button', { name: 'Erase a customer' }).click();
      await page.getByLabel('Name, e-mail, phone or id').fill('Amara');
      await page.getByRole('button', { name: /Amara/ }).first().click();
      await page.getByText('deleted for good').waitFor();
    },
  },
  { name: 'no-permission', path: '/settings/people' },
  {
    name: 'more',
    path: '/outbox',
    as: 'admin',
    only: 'narrow',
    arrange: async (page) => {
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('dialog', { name: 'More' }).waitFor();
    },
  },
  { name: 'invitation', path: '/invitation', signedOut: true },
  { name: 'embed-unframed', path: '/embed' },
  { name: 'design', path: '/design' },
  { name: 'not-found', path: '/nowhere', only: 'wide' },
];
