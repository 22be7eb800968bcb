import { z } from 'zod';

export type ZendeskFiles = Readonly<Record<string, Uint8Array>>;

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
/** Pixels, square, as Zendesk wants its logos. */
const LOGOS = { 'assets/logo.png': 320, 'assets/logo-small.png': 128 } as const;

const parameter = z.strictObject({
  name: z.string().regex(/^(?!name$)[A-Za-z][A-Za-z0-9_]*$/, 'letters, digits and "_", and not "name"'),
  type: z.enum(['text', 'password', 'checkbox', 'url', 'number', 'multiline', 'hidden', 'dropdown', 'oauth']),
  required: z.boolean().optional(),
  secure: z.boolean().optional(),
  default: z.unknown().optional(),
});

const manifest = z.object({
  name: z.string().min(1).optional(),
  author: z.object({ name: z.string().min(1), email: z.email() }),
  defaultLocale: z.string().regex(/^[a-z]{2}(-[a-z]{2,})?$/i),
  private: z.boolean().optional(),
  version: z.string().optional(),
  frameworkVersion: z.literal('2.0'),
  location: z.partialRecord(
    z.enum(['support', 'chat', 'sell']),
    z.record(z.string(), z.object({ url: z.string(), flexible: z.boolean().optional() })),
  ),
  parameters: z.array(parameter).optional(),
});

function parsed(files: ZendeskFiles, name: string): unknown {
  const bytes = files[name];
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

function logoProblems(files: ZendeskFiles): string[] {
  const problems = Object.entries(LOGOS).flatMap(([name, size]) => {
    const bytes = files[name];
    if (bytes === undefined) return [`${name} is missing`];
    if (!PNG.every((byte, index) => bytes[index] === byte)) return [`${name} is no PNG`];
    const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const [width, height] = bytes.length < 24 ? [0, 0] : [head.getUint32(16), head.getUint32(20)];
    return width === size && height === size
      ? []
      : [`Expected ${name} to be ${size} x ${size} pixels, got ${width} x ${height}`];
  });
  return files['assets/logo.svg'] === undefined ? [...problems, 'assets/logo.svg is missing'] : problems;
}

function localeProblems(files: ZendeskFiles, locale: string): string[] {
  const name = `translations/${locale}.json`;
  const shape = z.object({
    app: z.object({ name: z.string().min(1), short_description: z.string().min(1) }),
  });
  const problems = shape.safeParse(parsed(files, name)).success
    ? []
    : [`Expected ${name} to hold "app" with "name" and "short_description"`];
  for (const other of Object.keys(files)) {
    if (other.startsWith('translations/') && parsed(files, other) === null)
      problems.push(`${other} is not JSON`);
  }
  return problems;
}

function locationProblems(files: ZendeskFiles, location: z.infer<typeof manifest>['location']): string[] {
  return Object.values(location).flatMap((places) =>
    Object.entries(places).flatMap(([place, { url }]) => {
      if (url.startsWith('https://') || url.startsWith('http://localhost')) return [];
      if (!url.startsWith('assets/')) return [`Expected "${place}" to be https or in assets/, got ${url}`];
      return files[url] === undefined ? [`"${place}" shows ${url}, which is missing`] : [];
    }),
  );
}

/**
 * Holds an app against what Zendesk asks of manifests, logos and translations. It is our own reading of their rules: the
 * last word is that of their upload.
 * @returns what is wrong; empty = nothing
 */
export function checkZendesk(files: ZendeskFiles): string[] {
  const given = parsed(files, 'manifest.json');
  if (given === undefined) return ['manifest.json is missing'];
  const read = manifest.safeParse(given);
  const manifestProblems = read.success
    ? [...localeProblems(files, read.data.defaultLocale), ...locationProblems(files, read.data.location)]
    : read.error.issues.map(
        ({ path, message }) => `manifest.json, ${path.join('.') || 'as a whole'}: ${message}`,
      );
  const foreign = Object.keys(files).filter((name) => name.includes('..') || name.startsWith('/'));
  return [
    ...manifestProblems,
    ...logoProblems(files),
    ...foreign.map((name) => `"${name}" leads out of the app`),
  ];
}
