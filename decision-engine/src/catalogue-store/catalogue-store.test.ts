import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../store/store.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { openTestStore } from '../testing/test-store.js';
import { describeChanges } from './catalogue-changes.js';
import type { CatalogueContent } from './catalogue-document.js';
import {
  checkDraft,
  createDraft,
  discardDraft,
  listDrafts,
  publishDraft,
  saveDraft,
} from './catalogue-drafts.js';
import {
  addRevision,
  diffRevisions,
  listRevisions,
  loadRules,
  readRevision,
  rollBack,
} from './catalogue-revisions.js';
import { watchRules } from './watch-rules.js';

const now = new Date('2026-11-22T10:00:00Z');
const author = 'Ada';

function contentWith(cost: number, more: Partial<CatalogueContent> = {}): CatalogueContent {
  return {
    actions: [actionOf('free-express', { cost }), actionOf('voucher')],
    policies: {},
    segments: [],
    ...more,
  };
}

describe('the catalogue in the store', () => {
  let store: Store;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ store, close } = await openTestStore());
  }, 30_000);
  afterAll(() => close());
  beforeEach(async () => {
    await store.catalogues.deleteMany({});
    await store.drafts.deleteMany({});
    await addRevision(store, { ...contentWith(3), author, now });
  });

  it('publishes a draft as the next revision, with its author and what changed', async () => {
    await createDraft(store, {
      draftId: 'd1',
      name: 'Dearer express',
      author: 'Bob',
      now,
      content: contentWith(4),
    });
    expect(await checkDraft(store, 'd1')).toMatchObject({ problems: [], outdated: false });
    expect(await publishDraft(store, { draftId: 'd1', author: 'Bob', now })).toEqual({
      kind: 'published',
      revision: 2,
      warnings: [],
    });
    const { items } = await listRevisions(store, { limit: 10 });
    expect(items.map(({ revision, author: by, note }) => [revision, by, note])).toEqual([
      [2, 'Bob', 'Dearer express'],
      [1, 'Ada', ''],
    ]);
    const changes = await diffRevisions(store, 1, 2);
    expect(changes === null ? [] : describeChanges(changes)).toEqual(['~ free-express cost: 3 -> 4']);
    expect(await listDrafts(store)).toEqual([]);
    expect((await loadRules(store))?.action('free-express')?.cost).toBe(4);
  });

  it('names the path of everything that is wrong with a draft, and publishes nothing', async () => {
    const content = contentWith(-3, {
      segments: [
        { segmentId: 'loyal', name: 'Loyal', when: { field: 'features.odrers', op: 'gte', value: 5 } },
      ],
    });
    await createDraft(store, { draftId: 'd1', name: 'Wrong', author, now, content });
    const wrong = ['Expected "actions[0].cost" to be >= 0, got -3 (number)'];
    expect(await checkDraft(store, 'd1')).toMatchObject({ problems: wrong, changes: null });
    expect(await publishDraft(store, { draftId: 'd1', author, now })).toEqual({
      kind: 'invalid',
      problems: wrong,
    });
    expect(await readRevision(store, 2)).toBeNull();

    await saveDraft(store, {
      draftId: 'd1',
      version: 1,
      now,
      author,
      content: { ...content, actions: contentWith(3).actions },
    });
    const [problem] = (await checkDraft(store, 'd1'))?.problems ?? [];
    expect(problem).toContain('Expected "segments[0].when.field" to be a feature: one of');
  });

  it('warns of a rule that names nothing', async () => {
    const policies = {
      contact: { limits: [{ name: 'one', max: 1, window: '7d', appliesTo: { groups: ['nobody'] } }] },
    };
    await createDraft(store, {
      draftId: 'd1',
      name: 'x',
      author,
      now,
      content: contentWith(3, { policies }),
    });
    expect((await checkDraft(store, 'd1'))?.warnings).toEqual([
      expect.stringContaining('policies.contact.limits[0].appliesTo'),
    ]);
  });

  it('refuses a draft the catalogue has moved past, until its author has looked', async () => {
    await createDraft(store, { draftId: 'd1', name: 'mine', author, now, content: contentWith(5) });
    await addRevision(store, { ...contentWith(9), author: 'Bob', now });
    expect(await publishDraft(store, { draftId: 'd1', author, now })).toEqual({
      kind: 'outdated',
      latest: 2,
    });
    await saveDraft(store, { draftId: 'd1', version: 1, now, author, basedOn: 2 });
    expect(await publishDraft(store, { draftId: 'd1', author, now })).toMatchObject({
      kind: 'published',
      revision: 3,
    });
  });

  it('publishes once, whoever asks how often at once', async () => {
    await createDraft(store, { draftId: 'd1', name: 'mine', author, now, content: contentWith(5) });
    const written = await Promise.all(
      Array.from({ length: 8 }, () => publishDraft(store, { draftId: 'd1', author, now })),
    );
    expect(written.filter(({ kind }) => kind === 'published').length).toBeGreaterThanOrEqual(1);
    expect(await store.catalogues.countDocuments({})).toBe(2);
  });

  it('lets one of two people who save the same version of a draft win', async () => {
    await createDraft(store, { draftId: 'd1', name: 'x', author, now });
    const saves = await Promise.all(
      ['Ada', 'Bob'].map((by, index) =>
        saveDraft(store, {
          draftId: 'd1',
          version: 1,
          author: by,
          now: new Date(now.getTime() + index),
          name: by,
        }),
      ),
    );
    expect(saves.map(({ kind }) => kind).sort()).toEqual(['conflict', 'saved']);
    expect(await discardDraft(store, 'd1')).toBe(true);
    expect(await discardDraft(store, 'd1')).toBe(false);
  });

  it('rolls back by a new revision, and says so when there is nothing to change', async () => {
    await addRevision(store, { ...contentWith(9), author: 'Bob', now });
    expect(await rollBack(store, { to: 1, author, now })).toMatchObject({ kind: 'published', revision: 3 });
    expect(await readRevision(store, 3)).toMatchObject({ restores: 1, note: 'Back to revision 1', author });
    expect((await loadRules(store))?.catalogue.version).toBe('r3');
    expect((await loadRules(store))?.action('free-express')?.cost).toBe(3);
    expect(await rollBack(store, { to: 1, author, now })).toEqual({ kind: 'unchanged', revision: 3 });
    expect(await rollBack(store, { to: 77, author, now })).toEqual({ kind: 'unknown-revision' });
  });

  it('takes up what another process published', async () => {
    const rules = await watchRules({ store, log: pino({ level: 'silent' }) });
    expect(rules.current().catalogue.version).toBe('r1');
    await addRevision(store, { ...contentWith(9), author: 'Bob', now });
    await rules.reload();
    expect(rules.current().catalogue.version).toBe('r2');
    await rules.close();
  });

  it('keeps the rules in force where the latest revision cannot be used', async () => {
    const rules = await watchRules({ store, log: pino({ level: 'silent' }) });
    await store.catalogues.create({
      _id: 2,
      schemaVersion: 1,
      actions: 'none',
      policies: {},
      author,
      createdAt: now,
    });
    await expect(rules.reload()).rejects.toThrow('Expected "actions" to be a list');
    expect(rules.current().catalogue.version).toBe('r1');
    await rules.close();
  });
});
