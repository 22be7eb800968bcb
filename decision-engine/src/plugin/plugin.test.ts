import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkZendesk } from './check-zendesk.js';
import { readPluginArguments } from './plugin-arguments.js';
import { runPlugin } from './plugin-command.js';
import { registerChatwoot } from './register-chatwoot.js';
import { zendeskFiles } from './zendesk-files.js';

describe('readPluginArguments', () => {
  const chatwoot = ['chatwoot', 'register', '--url', 'https://chat.example/', '--account', '2'];
  test('what is asked for', () => {
    const argv = [...chatwoot, '--token', 't', '--console', 'https://segue.example/x'];
    expect(readPluginArguments(argv)).toEqual({
      do: 'register-chatwoot',
      url: 'https://chat.example',
      account: 2,
      token: 't',
      consoleUrl: 'https://segue.example',
      title: 'Segue',
    });
    expect(readPluginArguments(['zendesk', 'zip', '--console', 'http://localhost:3000'])).toEqual({
      do: 'zip-zendesk',
      consoleUrl: 'http://localhost:3000',
      out: 'segue-zendesk.zip',
    });
    expect(readPluginArguments(['zendesk', 'check', 'a.zip'])).toEqual({
      do: 'check-zendesk',
      file: 'a.zip',
    });
    expect(readPluginArguments(['--help'])).toBe('help');
  });

  test('the token may come from the environment', () => {
    const argv = [...chatwoot, '--console', 'https://segue.example'];
    expect(readPluginArguments(argv, { CHATWOOT_TOKEN: 'e' })).toMatchObject({ token: 'e' });
    expect(readPluginArguments(argv)).toEqual({ problem: expect.stringContaining('--token') });
  });

  test.each([
    ['nothing', []],
    ['another desk', ['intercom', 'register']],
    ['no https', ['zendesk', 'zip', '--console', 'http://segue.example']],
    ['no account', ['chatwoot', 'register', '--url', 'https://c.example', '--console', 'https://s.example']],
    ['an unknown option', ['zendesk', 'zip', '--consle', 'https://s.example']],
    ['no file', ['zendesk', 'check']],
  ])('%s is refused', (_, argv) => {
    expect(readPluginArguments(argv)).toEqual({ problem: expect.any(String) });
  });
});

describe('registering with Chatwoot', () => {
  const args = {
    do: 'register-chatwoot',
    url: 'https://chat.example',
    account: 3,
    token: 'secret',
    consoleUrl: 'https://segue.example',
    title: 'Segue',
  } as const;

  function server(known: object[], made: object | number) {
    const calls: { method: string; url: string; body: unknown; token: string | null }[] = [];
    const send: typeof fetch = async (input, init) => {
      const headers = new Headers(init?.headers);
      const method = init?.method ?? 'GET';
      const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
      calls.push({ method, url: String(input), body, token: headers.get('api_access_token') });
      if (method === 'GET') return Response.json(known);
      return typeof made === 'number' ? new Response('', { status: made }) : Response.json(made);
    };
    return { calls, send };
  }

  test('makes one app with the address of the plugin', async () => {
    const { calls, send } = server([], { id: 9, title: 'Segue' });
    expect(await registerChatwoot(args, send)).toEqual({ kind: 'registered', id: 9 });
    expect(calls[1]).toEqual({
      method: 'POST',
      url: 'https://chat.example/api/v1/accounts/3/dashboard_apps',
      token: 'secret',
      body: {
        dashboard_app: { title: 'Segue', content: [{ type: 'frame', url: 'https://segue.example/embed' }] },
      },
    });
  });

  test('and none when it is there already', async () => {
    const there = { id: 4, title: 'S', content: [{ type: 'frame', url: 'https://segue.example/embed' }] };
    const { calls, send } = server([there], 500);
    expect(await registerChatwoot(args, send)).toEqual({ kind: 'already', id: 4 });
    expect(calls).toHaveLength(1);
  });

  test.each([
    [401, 'access token'],
    [404, 'no such account'],
    [500, 'answered 500'],
  ])('a refusal by %i is said in words', async (status, words) => {
    const { send } = server([], status);
    expect(await registerChatwoot(args, send)).toEqual({
      kind: 'refused',
      reason: expect.stringContaining(words),
    });
  });
});

describe('the app for Zendesk', () => {
  let folder: string;
  let files: Record<string, Uint8Array>;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'segue-zendesk-'));
    files = await zendeskFiles({ consoleUrl: 'https://segue.example' });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is made, the same each time, and nothing is wrong with it', async () => {
    const said: string[] = [];
    const outs = ['a.zip', 'b.zip'].map((name) => path.join(folder, name));
    const bytes: Buffer[] = [];
    const { readFile } = await import('node:fs/promises');
    for (const out of outs) {
      expect(await runPlugin({ do: 'zip-zendesk', consoleUrl: 'https://segue.example', out }, () => {})).toBe(
        0,
      );
      bytes.push(await readFile(out));
    }
    expect(bytes[0]?.equals(bytes[1] ?? Buffer.alloc(0))).toBe(true);
    const unzipped = unzipSync(bytes[0] ?? new Uint8Array());
    const main = new TextDecoder().decode(unzipped['assets/main.js']);
    expect(main).toContain(`'https://segue.example'`);
    expect(main).not.toContain('segue.invalid');
    const check = { do: 'check-zendesk', file: outs[0] ?? '' } as const;
    expect(await runPlugin(check, (line) => said.push(line))).toBe(0);
    expect(said.join()).toContain('nothing is wrong');
  });

  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const manifest = (change: object) => ({
    'manifest.json': text({
      author: { name: 'S', email: 's@example.com' },
      defaultLocale: 'en',
      frameworkVersion: '2.0',
      location: { support: { ticket_sidebar: { url: 'assets/iframe.html' } } },
      ...change,
    }),
  });
  test.each<[string, object, string]>([
    ['another framework', manifest({ frameworkVersion: '1.0' }), 'frameworkVersion'],
    ['no translation of its language', manifest({ defaultLocale: 'fr' }), 'translations/fr.json'],
    ['a parameter called name', manifest({ parameters: [{ name: 'name', type: 'text' }] }), 'parameters'],
    [
      'a page that is not there',
      manifest({ location: { support: { x: { url: 'assets/no.html' } } } }),
      'no.html',
    ],
    [
      'a page without https',
      manifest({ location: { support: { x: { url: 'http://a.example' } } } }),
      'https',
    ],
    ['a broken manifest', { 'manifest.json': new TextEncoder().encode('{') }, 'manifest.json'],
    ['no logo', { 'assets/logo.png': undefined }, 'assets/logo.png is missing'],
    ['a logo that is no picture', { 'assets/logo.png': text({}) }, 'no PNG'],
    [
      'a broken translation',
      { 'translations/de.json': new TextEncoder().encode('{') },
      'de.json is not JSON',
    ],
    ['a path out of it', { '../x': text({}) }, 'leads out'],
  ])('%s is found', (_, change, words) => {
    const changed = Object.fromEntries(
      Object.entries({ ...files, ...change }).filter(([, bytes]) => bytes !== undefined),
    );
    expect(checkZendesk(changed).join('\n')).toContain(words);
  });

  test('a logo of another size is found', async () => {
    const small = files['assets/logo-small.png'] ?? new Uint8Array();
    const file = path.join(folder, 'odd.zip');
    await writeFile(file, zipSync({ ...files, 'assets/logo.png': small }));
    const said: string[] = [];
    expect(await runPlugin({ do: 'check-zendesk', file }, (line) => said.push(line))).toBe(1);
    expect(said.join()).toContain('320 x 320 pixels, got 128 x 128');
  });
});
