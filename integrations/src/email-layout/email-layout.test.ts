import { describe, expect, test } from 'vitest';
import { compileMjml } from './compile-mjml.js';
import { createEmailLayouts } from './email-layouts.js';
import type { LayoutVariables, PlainMessage } from './email-variables.js';
import { linksIn, replaceLinks } from './link-rewriting.js';
import { textPart } from './text-part.js';

const variables: LayoutVariables = {
  sender: { name: 'The Shop', postalAddress: '1 High Street' },
  links: { unsubscribe: 'https://s.example/u', preferences: 'https://s.example/p' },
  survey: { low: '', high: '', answers: [] },
};
const message: PlainMessage = {
  subject: 'A & B',
  heading: 'A & B',
  text: 'One\ntwo <i>https://a.example/?x=1&y=2</i>.\n\nThree',
  link: '',
  button: '',
  image: '',
  imageAlt: '',
};
const around = (inner: string): string =>
  `<mjml><mj-body><mj-section><mj-column>${inner}</mj-column></mj-section></mj-body></mjml>`;

async function problemOf(source: string): Promise<string> {
  const compiled = await compileMjml(source);
  if (compiled.ok) return 'none';
  return 'message' in compiled.problem ? compiled.problem.message : compiled.problem.variable;
}

describe('the default layout', () => {
  test('shows plain words as paragraphs, escapes them, makes links, and ends with who writes', async () => {
    const html = await createEmailLayouts().renderPlain(message, variables);
    const text = html.ok ? html.text : '';
    expect(text).toContain('<p>One<br>two &lt;i&gt;<a href="https://a.example/?x=1&amp;y=2">https://a');
    expect(text).toContain('<p>Three</p>');
    expect(text).toContain('The Shop, 1 High Street');
    expect(linksIn(text)).toEqual([
      'https://a.example/?x=1&y=2',
      'https://s.example/u',
      'https://s.example/p',
    ]);
    expect(text).not.toMatch(/https?:\/\/(?!a\.example|s\.example|www\.w3\.org)/);
  });

  test('has a button, an image and a scale only where there is one', async () => {
    const layouts = createEmailLayouts();
    const bare = await layouts.renderPlain(message, variables);
    expect(bare.ok && /<img|class="answer"|class="button"/.test(bare.text)).toBe(false);
    const answers = [1, 2, 3].map((score) => ({ score, url: `https://s.example/s?score=${score}` }));
    const full = await layouts.renderPlain(
      {
        ...message,
        link: 'https://l.example',
        button: 'Go',
        image: 'https://i.example/x.png',
        imageAlt: 'X',
      },
      { ...variables, survey: { low: 'bad', high: 'good', answers } },
    );
    expect(full.ok && linksIn(full.text)).toContain('https://s.example/s?score=3');
    expect(full.ok && full.text).toMatch(/<img[^>]* alt="X"[^>]* src="https:\/\/i\.example\/x\.png"/);
    expect(full.ok && full.text).toContain('1: bad · 3: good');
  });
});

describe('a layout of their own', () => {
  test('gets the footer, unless it says itself how to unsubscribe; it is compiled once', async () => {
    let compiled = 0;
    const layouts = createEmailLayouts((source) => {
      compiled++;
      return compileMjml(source);
    });
    const plain = await layouts.render(around('<mj-text>Hi</mj-text>'), variables);
    await layouts.render(around('<mj-text>Hi</mj-text>'), variables);
    const own = await layouts.render(
      around('<mj-text><a href="{{ links.unsubscribe }}">Stop</a></mj-text>'),
      variables,
    );
    expect(compiled).toBe(2);
    expect(plain.ok && plain.text).toContain('The Shop, 1 High Street');
    expect(own.ok && own.text).not.toContain('The Shop, 1 High Street');
    expect(own.ok && linksIn(own.text)).toEqual(['https://s.example/u']);
  });

  test.each([
    ['<mj-foo/>', /^MJML: line 1 \(mj-foo\): /],
    ['<mj-text>{{ a</mj-text>', /not closed/],
    ['{% if a %}<mj-text>x</mj-text>{% endif %}', /^Expected \{% if a %\} inside <mj-raw>/],
    ['<mj-include path="/etc/passwd" />', /^Expected no <mj-include>/],
    ['<mj-text>{{ a | raw }}</mj-text>', /undefined filter: raw/],
  ])('%s is refused', async (inner, problem) => {
    expect(await problemOf(around(inner))).toMatch(problem);
  });

  test.each([
    ['no MJML', /^Expected it to end with <\/mj-body><\/mjml>/],
    ['<p></mj-body></mjml>', /^MJML: /],
    [around(`<mj-text>${'x'.repeat(100_001)}</mj-text>`), /^Expected a template of at most 100000/],
  ])('%s is refused whole', async (source, problem) => {
    expect(await problemOf(source)).toMatch(problem);
  });

  test('says which variable has no value, and fills values in escaped, in attributes too', async () => {
    const layouts = createEmailLayouts();
    const source = around(
      '<mj-text>{{ customer.name | default: "you" }}</mj-text><mj-button href="https://x.example/?q={{ q }}">Go</mj-button>',
    );
    expect(await layouts.render(source, { ...variables, customer: {} })).toEqual({
      ok: false,
      problem: { kind: 'missing-variable', variable: 'q' },
    });
    const filled = await layouts.render(source, { ...variables, q: '"><script>', customer: { name: '<b>' } });
    expect(filled.ok && filled.text).toContain('&lt;b&gt;');
    expect(filled.ok && filled.text).not.toContain('<script>');
    expect(filled.ok && linksIn(filled.text)[0]).toBe('https://x.example/?q="><script>');
  });
});

test('links are replaced as they are meant, whichever quotes and entities they are written with', () => {
  const html = `<a class=x href="https://a.example/?x=1&amp;y=&#50;">1</a><A HREF='https://b.example'>2</A><a href="mailto:x@y">3</a><link href="https://c.example">`;
  expect(linksIn(html)).toEqual(['https://a.example/?x=1&y=2', 'https://b.example']);
  const replaced = replaceLinks(
    html,
    new Map([
      ['https://a.example/?x=1&y=2', 'https://t.example/1?a&b'],
      ['https://b.example', 'https://t.example/2'],
    ]),
  );
  expect(replaced).toBe(
    '<a class=x href="https://t.example/1?a&amp;b">1</a><A HREF="https://t.example/2">2</A><a href="mailto:x@y">3</a><link href="https://c.example">',
  );
});

test('the text part ends with who writes and how to stop it', () => {
  const answers = [{ score: 1, url: 'https://s.example/1' }];
  expect(
    textPart(
      { text: 'Hi\n', link: 'https://l.example', button: 'Go' },
      { ...variables, survey: { low: '', high: '', answers } },
    ),
  ).toBe(
    'Hi\n\nGo: https://l.example\n\n1: https://s.example/1\n\n-- \nThe Shop, 1 High Street\nUnsubscribe: https://s.example/u\nWhat you get from us: https://s.example/p\n',
  );
});
