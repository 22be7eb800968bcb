import { readFile, writeFile } from 'node:fs/promises';
import { unzipSync, zipSync } from 'fflate';
import { checkZendesk } from './check-zendesk.js';
import type { PluginArguments } from './plugin-arguments.js';
import { registerChatwoot } from './register-chatwoot.js';
import { zendeskFiles } from './zendesk-files.js';

/** Files of a zip get the same time each time, so that the same app is the same file. */
const MADE_AT = new Date('2026-01-01T00:00:00Z');

export type Say = (line: string) => void;

async function check(file: string, say: Say): Promise<number> {
  const problems = checkZendesk(unzipSync(await readFile(file)));
  for (const problem of problems) say(problem);
  if (problems.length === 0) say(`${file}: nothing is wrong with manifest, logos and translations.`);
  return problems.length === 0 ? 0 : 1;
}

/** @returns the exit code */
export async function runPlugin(args: PluginArguments, say: Say): Promise<number> {
  switch (args.do) {
    case 'check-zendesk':
      return check(args.file, say);
    case 'zip-zendesk': {
      const files = await zendeskFiles(args);
      const problems = checkZendesk(files);
      if (problems.length > 0)
        throw new Error(`The app that comes with Segue is broken: ${problems.join('; ')}`);
      await writeFile(args.out, zipSync(files, { level: 9, mtime: MADE_AT }));
      say(
        `${args.out} is ready. Upload it in Zendesk: Admin Center, Apps and integrations, Upload private app.`,
      );
      say('Then set SEGUE_EMBED_ORIGINS as decision-engine/docs/plugin.md says.');
      return 0;
    }
    case 'register-chatwoot': {
      const result = await registerChatwoot(args);
      if (result.kind === 'refused') {
        say(`Chatwoot did not take it: ${result.reason}.`);
        return 1;
      }
      say(
        result.kind === 'already'
          ? `Segue is in account ${args.account} already (dashboard app ${result.id}).`
          : `Segue is now a tab beside the conversations of account ${args.account} (dashboard app ${result.id}).`,
      );
      say(`Let ${args.url} show it: SEGUE_EMBED_ORIGINS=${args.url}`);
      return 0;
    }
  }
}
