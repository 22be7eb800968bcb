import { describe, expect, test } from 'vitest';
import type { HostContext } from './host-context';
import { listenToHost } from './listen-to-host';

const HOST = 'https://desk.example';

function stage(around: string | null = HOST, origins: readonly string[] = [HOST]) {
  const listeners = new Set<(event: MessageEvent) => void>();
  const sent: { message: unknown; to: string }[] = [];
  const heard: HostContext[] = [];
  const waiting: { work: () => void; ms: number }[] = [];
  const parent = { postMessage: (message: unknown, to: string) => void sent.push({ message, to }) };
  const host = listenToHost({
    own: {
      addEventListener: (_, listener) => void listeners.add(listener),
      removeEventListener: (_, listener) => void listeners.delete(listener),
    },
    parent,
    origins,
    around,
    onContext: (context) => void heard.push(context),
    later: (work, ms) => {
      const entry = { work, ms };
      waiting.push(entry);
      return () => void waiting.splice(waiting.indexOf(entry), 1);
    },
  });
  const say = (data: unknown, origin = HOST, source: unknown = parent) => {
    for (const listener of listeners) listener({ data, origin, source } as MessageEvent);
  };
  return { host, say, sent, heard, waiting, listeners };
}

const context = (email: string) => ({
  type: 'segue:context',
  version: 1,
  customer: { email },
  takesText: true,
});

describe('listenToHost', () => {
  test('asks both kinds of hosts at once, and again until it is told', () => {
    const { sent, waiting, say, heard } = stage();
    expect(sent).toEqual([
      { message: 'chatwoot-dashboard-app:fetch-info', to: HOST },
      { message: { type: 'segue:ready', version: 1 }, to: HOST },
    ]);
    waiting[0]?.work();
    expect(sent).toHaveLength(4);
    say(context('a@b.example'));
    expect(heard).toHaveLength(1);
    expect(waiting.every(({ ms }) => ms === 500)).toBe(true);
  });

  test('hears every change of the conversation, in order', () => {
    const { say, heard } = stage();
    for (const email of ['a@b.example', 'c@d.example']) say(context(email));
    expect(heard.map(({ references }) => references[0])).toEqual([
      { email: 'a@b.example' },
      { email: 'c@d.example' },
    ]);
  });

  test.each([
    ['another origin', 'https://evil.example'],
    ['an origin that begins alike', 'https://desk.example.evil.example'],
    ['another port', 'https://desk.example:8443'],
    ['no encryption', 'http://desk.example'],
    ['a sandboxed page', 'null'],
  ])('%s is not heard', (_, origin) => {
    const { say, heard } = stage();
    say(context('a@b.example'), origin);
    expect(heard).toEqual([]);
  });

  test('another window of an allowed origin is not heard', () => {
    const { say, heard } = stage();
    say(context('a@b.example'), HOST, {});
    expect(heard).toEqual([]);
  });

  test('nothing is ever sent to an origin that is not allowed', () => {
    const { sent } = stage('https://evil.example', [HOST, 'https://other.example']);
    expect(new Set(sent.map(({ to }) => to))).toEqual(new Set([HOST, 'https://other.example']));
  });

  test('words go to the host that spoke, and to nobody before one did', () => {
    const { host, say, sent } = stage();
    host.insert('too early');
    say(context('a@b.example'));
    host.insert('Hello');
    expect(sent.slice(2)).toEqual([
      { message: { type: 'segue:insert', version: 1, text: 'Hello' }, to: HOST },
    ]);
    host.stop();
    say(context('late@b.example'));
  });

  test('stopped, it hears nothing more', () => {
    const { host, listeners, waiting } = stage();
    host.stop();
    expect(listeners.size).toBe(0);
    expect(waiting).toHaveLength(0);
  });
});
