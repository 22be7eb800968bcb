import { readFile } from 'node:fs/promises';
import { ZENDESK_SIDEBAR } from './zendesk-paths.js';

/** From `src/plugin` and from `dist/plugin` it is the same place. */
const FOLDER = new URL('../../zendesk/', import.meta.url);

const FILES = [
  'manifest.json',
  'assets/iframe.html',
  'assets/main.js',
  'assets/logo.png',
  'assets/logo-small.png',
  'assets/logo.svg',
  'translations/en.json',
  'translations/de.json',
] as const;

const PLACEHOLDER = 'https://segue.invalid';

/** What shows Segue in the sidebar, for one installation of it. */
export async function zendeskScript(consoleUrl: string): Promise<string> {
  const script = await readFile(new URL('assets/main.js', FOLDER), 'utf8');
  return script.replaceAll(PLACEHOLDER, consoleUrl);
}

export type ZendeskApp = {
  readonly consoleUrl: string;
  /** Of the API: Zendesk then asks it for the sidebar, with a signed token; absent = the page is in the app. */
  readonly apiUrl?: string | undefined;
};

/** The app for Zendesk by the names of its files, made for one installation of Segue. */
export async function zendeskFiles({ consoleUrl, apiUrl }: ZendeskApp): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const name of FILES) files[name] = await readFile(new URL(name, FOLDER));
  files['assets/main.js'] = bytesOf(await zendeskScript(consoleUrl));
  if (apiUrl === undefined) return files;
  const manifest: unknown = JSON.parse(new TextDecoder().decode(files['manifest.json']));
  const location = { support: { ticket_sidebar: { url: `${apiUrl}${ZENDESK_SIDEBAR}`, flexible: true } } };
  const signed = { ...Object(manifest), location, signedUrls: true };
  return { ...files, 'manifest.json': bytesOf(`${JSON.stringify(signed, null, 2)}\n`) };
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
