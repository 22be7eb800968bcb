import pino from 'pino';
import { expect, test } from 'vitest';
import { testChannelSettings } from '../../testing/test-channel-settings.js';
import { ENDPOINTS } from '../rest/endpoints.js';
import { createServer } from '../server.js';
import { appRouter } from '../trpc/app-router.js';
import { openApiDocument } from './open-api-document.js';

const document = openApiDocument(ENDPOINTS);
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** A server whose engine never comes: a real route says 503, any other method of its address 405. */
const server = await createServer({
  config: { consoleUrl: null, consolePort: 3000, demo: false, channels: testChannelSettings() },
  log: pino({ level: 'silent' }),
  running: () => null,
  readiness: () => ({ ready: true, phase: 'test' }),
});

/** Every address there is, as the router prints them: a tree whose leaves carry their methods. */
function addresses(): string[] {
  const steps: string[] = [];
  return server
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const match = /^([│ ]*)[├└]── (\S+)(?: \(.*\))?$/.exec(line);
      if (match === null) return [];
      const [, indent = '', step = ''] = match;
      steps.splice(indent.length / 4, steps.length, step);
      return line.includes(' (') ? [steps.join('')] : [];
    });
}

function operations(): string[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

test('everything that is served under /v1 is in the specification, and nothing else is', async () => {
  const served: string[] = [];
  // Calls of providers are signed by them, and no app makes them.
  const forApps = addresses().filter((each) => !each.startsWith('/v1/inbound/'));
  for (const address of forApps.filter((each) => each.startsWith('/v1') || each.endsWith('.json'))) {
    for (const method of METHODS) {
      const { statusCode, headers } = await server.inject({ method, url: address.replace(/:\w+/g, 'x') });
      if (statusCode === 405) expect(headers.allow).toMatch(/^[A-Z]+(, [A-Z]+)+$/);
      else served.push(`${method} ${address.replace(/:(\w+)/g, '{$1}')}`);
    }
  }
  expect(served.sort()).toEqual(
    operations()
      .filter((operation) => operation !== 'GET /healthz')
      .sort(),
  );
});

test('is served at /openapi.json, whole', async () => {
  const answer = await server.inject('/openapi.json');
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(answer.json()).toEqual(JSON.parse(JSON.stringify(document)));
});

test('every reference leads somewhere', () => {
  const text = JSON.stringify(document);
  const names = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference ?? '');
  expect(names.length).toBeGreaterThan(50);
  const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
});

test('operations are named once', () => {
  const ids = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test('each REST call has its tRPC procedure, and a GET has a query', () => {
  const procedures = appRouter._def.procedures as Readonly<Record<string, unknown>>;
  const kindOf = (twin: string): string => {
    // tRPC keeps procedures flat, by their dotted names.
    const procedure = procedures[twin] as { readonly _def?: { readonly type?: string } } | undefined;
    return procedure?._def?.type ?? 'missing';
  };
  const kinds = ENDPOINTS.map(({ twin, method }) => ({ twin, method, kind: kindOf(twin) }));
  expect(kinds.filter(({ kind }) => kind !== 'query' && kind !== 'mutation')).toEqual([]);
  expect(kinds.filter(({ method, kind }) => method === 'GET' && kind !== 'query')).toEqual([]);
});

test('the page for people carries everything itself, and who opens the bare address comes to it', async () => {
  expect((await server.inject('/')).headers.location).toBe('/docs');
  const page = await server.inject('/docs/');
  expect(page.body).toContain('<title>Segue API</title>');
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  const linked = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, target]) => target ?? '');
  expect(linked.length).toBeGreaterThan(3);
  for (const target of linked) {
    expect(target).not.toMatch(/^(?:https?:)?\/\//);
    const { statusCode } = await server.inject(new URL(target, 'http://segue.invalid/docs/').pathname);
    expect([target, statusCode]).toEqual([target, 200]);
  }
});
