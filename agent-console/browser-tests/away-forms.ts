import type { Locator, Page } from 'playwright-core';
import type { Role } from '../src/engine/engine-types.js';

/** A form that people type into, and how it is used. */
export type AwayForm = {
  readonly name: string;
  readonly path: string;
  readonly as: Role;
  /** Brings the form onto the page where it is not there yet. */
  readonly open: (page: Page) => Promise<void>;
  readonly field: (page: Page) => Locator;
  readonly save: (page: Page) => Promise<void>;
  /** Asks the engine for something while it can't answer; saving unless told. */
  readonly attempt?: (page: Page) => Promise<void>;
  readonly saved: (page: Page) => Promise<void>;
};

const nothing = async (): Promise<void> => {};
const saveDraft = (page: Page) => page.getByRole('button', { name: 'Save as a draft' }).click();
const inDraft = (page: Page) => page.waitForURL('**?draft=drf_*');
const invitation = (page: Page) => page.getByRole('dialog', { name: 'Invite somebody' });
const test = (page: Page) => page.getByRole('dialog', { name: 'Send a test by SMS' });

export const AWAY_FORMS: readonly AwayForm[] = [
  {
    name: 'a segment',
    path: '/segments/loyal',
    as: 'marketer',
    open: async (page) => {
      await page.getByRole('button', { name: 'Edit' }).click();
      await page.getByText('of 1,240 customers').waitFor();
    },
    field: (page) => page.getByLabel('What it is for'),
    save: (page) => page.getByRole('button', { name: 'Save segment' }).click(),
    saved: (page) => page.getByRole('button', { name: 'Edit' }).waitFor(),
  },
  {
    name: 'a list of customers',
    path: '/segments/invited',
    as: 'marketer',
    open: nothing,
    field: (page) => page.getByLabel('Customers to add or remove'),
    save: (page) => page.getByRole('button', { name: 'Add to the list' }).click(),
    saved: (page) => page.getByText('Every id is known').waitFor(),
  },
  {
    name: 'an action of the catalogue',
    path: '/catalogue/actions/free-express',
    as: 'marketer',
    open: nothing,
    field: (page) => page.getByLabel('Description'),
    save: saveDraft,
    saved: inDraft,
  },
  {
    name: 'the policies',
    path: '/policies',
    as: 'marketer',
    open: nothing,
    field: (page) => page.getByLabel('Time zone'),
    save: saveDraft,
    saved: inDraft,
  },
  {
    name: 'a journey',
    path: '/journeys/abandoned-basket',
    as: 'marketer',
    open: (page) => page.getByRole('radio', { name: 'Edit' }).check({ force: true }),
    field: (page) => page.getByLabel('Definition in YAML'),
    // The text is looked through while it is typed.
    attempt: (page) => page.getByLabel('Definition in YAML').pressSequentially(' '),
    save: async (page) => {
      await page.getByRole('button', { name: 'Publish…' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    },
    saved: (page) => page.getByRole('radio', { name: 'Diagram', checked: true }).waitFor(),
  },
  {
    name: 'an invitation',
    path: '/settings/people',
    as: 'admin',
    open: async (page) => {
      await page.getByRole('button', { name: 'Invite' }).click();
      await invitation(page).getByLabel('E-mail').fill('new@example.com');
    },
    field: (page) => invitation(page).getByLabel('Name'),
    save: (page) => invitation(page).getByRole('button', { name: 'Invite' }).click(),
    saved: (page) => page.getByRole('dialog', { name: 'is invited' }).waitFor(),
  },
  {
    name: 'a test of a channel',
    path: '/settings/channels',
    as: 'admin',
    open: async (page) => {
      const sms = page.getByRole('article', { name: 'SMS', exact: true });
      await sms.getByRole('button', { name: 'Send a test' }).click();
    },
    field: (page) => test(page).getByRole('textbox'),
    save: (page) => test(page).getByRole('button', { name: 'Send to me' }).click(),
    saved: (page) => test(page).getByText('took it over').waitFor(),
  },
];
