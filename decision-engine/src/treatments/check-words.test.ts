import { describe, expect, test } from 'vitest';
import { parseCatalogue } from '../catalogue/catalogue.js';
import { checkDraft, createDraft } from '../catalogue-store/catalogue-drafts.js';
import { writeRevision } from '../catalogue-store/catalogue-revisions.js';
import { computedTraitsSchema } from '../computed-traits/computed-trait.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { openTestStore } from '../testing/test-store.js';
import { checkWords } from './check-words.js';

const COMPUTED = computedTraitsSchema.parse([
  { traitId: 'orders', name: 'Orders', events: ['Order Completed'], compute: 'count' },
]);

async function check(...treatments: object[]) {
  const input = [
    actionOf('words', {
      treatments: treatments.map((each, index) => ({
        treatmentId: `t-${index}`,
        channel: 'email',
        title: 'Hello',
        ...each,
      })) as never,
    }),
  ];
  const parsed = parseCatalogue(input);
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
  return checkWords(parsed.actions, COMPUTED);
}

const mjml = (body: string): string =>
  `<mjml><mj-body><mj-section><mj-column>${body}</mj-column></mj-section></mj-body></mjml>`;

describe('words of treatments', () => {
  test('what may have a value passes', async () => {
    const body =
      '{{ customer.firstName }} {{ customer.orders }} {{ customer.computed.orders }} {{ context.order_id }} {{ channel }} {% for each in context.products %}{{ each.name }}{% endfor %}';
    const offer = { offerId: 'ten' };
    const layout = mjml('<mj-text>{{ offer.code }} {{ sender.name }} {{ links.unsubscribe }}</mj-text>');
    expect(await check({ body, subject: '{{ offer.code }}', offer, mjml: layout })).toEqual({
      problems: [],
      warnings: [],
    });
  });

  test.each([
    [{ body: 'Hi {{ customer.firstName' }, 'body', /Liquid template/],
    [{ subject: '{% if a %}' }, 'subject', /Liquid template/],
    [{ title: '{{ custmer.firstName }}' }, 'title', /custmer\.firstName/],
    [{ talkTrack: '{{ firstName }}' }, 'talkTrack', /customer\.\*, context\.\*/],
    [{ body: '{{ offer.code }}' }, 'body', /makes no offer/],
    [{ body: '{{ customer.computed.order }}' }, 'body', /a computed trait: orders/],
    [{ body: '{{ sender.name }}' }, 'body', /sender\.name/],
    [{ attributes: { link: 'https://shop.example/{{ prodct.id }}' } }, 'attributes.link', /prodct\.id/],
    [{ mjml: mjml('<mj-txt>Hi</mj-txt>') }, 'mjml', /MJML/],
    [{ mjml: mjml('<mj-text>{{ linkz.unsubscribe }}</mj-text>') }, 'mjml', /linkz\.unsubscribe/],
  ])('%j is refused with its path', async (treatment, at, words) => {
    const { problems } = await check({ body: 'fine' }, treatment);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`"actions[0].treatments[1].${at}"`);
    expect(problems[0]).toMatch(words);
  });

  test('a channel with words for some languages alone is told', async () => {
    const { problems, warnings } = await check(
      { language: 'de' },
      { language: 'en' },
      { channel: 'sms' },
      { channel: 'sms', language: 'de' },
    );
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      expect.stringMatching(/"actions\[0\]\.treatments" has words on email in de, en only/),
    ]);
  });
});

describe('publishing', () => {
  test('a catalogue whose words can never be sent is refused, and a draft says so before', async () => {
    const { store, close } = await openTestStore();
    const now = new Date('2026-11-22T12:00:00Z');
    const treatments = [
      { treatmentId: 'mail', channel: 'email', title: 'Hello', body: 'Hi {{ custmer.firstName }}' },
    ];
    const content = { actions: [{ ...actionOf('hello'), treatments }], policies: {}, segments: [] };
    const wrong = [expect.stringMatching(/"actions\[0\]\.treatments\[0\]\.body".*custmer\.firstName/)];
    const written = await writeRevision(store, { content, basedOn: 0, author: 'Ada', now });
    expect(written).toEqual({ kind: 'invalid', problems: wrong });
    await createDraft(store, { draftId: 'drf_1', name: 'Hello', author: 'Ada', now, content });
    expect(await checkDraft(store, 'drf_1')).toMatchObject({ problems: wrong });
    await close();
  });
});
