import { readFile } from 'node:fs/promises';

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

/** The app for Zendesk by the names of its files, made for one installation of Segue. */
export async function zendeskFiles(consoleUrl: string): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const name of FILES) {
    const bytes = await readFile(new URL(name, FOLDER));
    files[name] =
      name === 'assets/main.js'
        ? new TextEncoder().encode(bytes.toString('utf8').replaceAll('https://segue.invalid', consoleUrl))
        : bytes;
  }
  return files;
}
