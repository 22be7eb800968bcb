import { parseArgs } from 'node:util';

export const PLUGIN_HELP = `Puts Segue into the sidebar of a help desk.

  npm run plugin -- chatwoot register --url URL --account N --token TOKEN --console URL [--title TEXT]
  npm run plugin -- zendesk zip --console URL [--api URL] [--out FILE]
  npm run plugin -- zendesk check FILE

  --url URL        where Chatwoot is
  --account N      the number of the account there
  --token TOKEN    an administrator's access token of Chatwoot (profile settings); CHATWOOT_TOKEN does as well
  --console URL    where people open Segue's console, https
  --api URL        where Zendesk reaches the API: it then asks for the sidebar with a signed token
  --title TEXT     what the tab is called; "Segue" when left out
  --out FILE       where the app goes; segue-zendesk.zip when left out
  --help           this text

Set SEGUE_EMBED_ORIGINS to the origins of the help desk before agents use it (decision-engine/docs/plugin.md).
`;

export type PluginArguments =
  | {
      readonly do: 'register-chatwoot';
      readonly url: string;
      readonly account: number;
      readonly token: string;
      readonly consoleUrl: string;
      readonly title: string;
    }
  | {
      readonly do: 'zip-zendesk';
      readonly consoleUrl: string;
      readonly apiUrl?: string;
      readonly out: string;
    }
  | { readonly do: 'check-zendesk'; readonly file: string };

type Problem = { readonly problem: string };

function origin(name: string, text: string | undefined): string | Problem {
  const isAddress = text !== undefined && URL.canParse(text);
  const url = isAddress ? new URL(text) : null;
  const local = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1';
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && local)) return url.origin;
  return { problem: `Expected "--${name}" to be an https address, got ${text ?? 'nothing'}` };
}

/** @returns the arguments, `help`, or what is wrong with the command line */
export function readPluginArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): PluginArguments | 'help' | Problem {
  const text = { type: 'string' } as const;
  let parsed: { values: Record<string, string | boolean | undefined>; positionals: string[] };
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        url: text,
        account: text,
        token: text,
        console: text,
        api: text,
        title: text,
        out: text,
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const { values, positionals } = parsed;
  if (values['help'] === true) return 'help';
  const given = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const [desk, what, file] = positionals;
  if (desk === 'zendesk' && what === 'check')
    return file === undefined ? { problem: 'Expected the file to check' } : { do: 'check-zendesk', file };
  const consoleUrl = origin('console', given('console'));
  if (desk === 'zendesk' && what === 'zip') {
    if (typeof consoleUrl !== 'string') return consoleUrl;
    const out = given('out') ?? 'segue-zendesk.zip';
    if (given('api') === undefined) return { do: 'zip-zendesk', consoleUrl, out };
    const apiUrl = origin('api', given('api'));
    return typeof apiUrl === 'string' ? { do: 'zip-zendesk', consoleUrl, apiUrl, out } : apiUrl;
  }
  if (desk !== 'chatwoot' || what !== 'register')
    return { problem: 'Expected "chatwoot register", "zendesk zip" or "zendesk check"' };
  const url = origin('url', given('url'));
  if (typeof url !== 'string') return url;
  if (typeof consoleUrl !== 'string') return consoleUrl;
  const account = Number(given('account') ?? Number.NaN);
  if (!Number.isInteger(account) || account < 1)
    return {
      problem: `Expected "--account" to be a whole number from 1, got ${given('account') ?? 'nothing'}`,
    };
  const token = given('token') ?? env['CHATWOOT_TOKEN'];
  if (token === undefined || token === '')
    return { problem: 'Expected "--token" or CHATWOOT_TOKEN to be an access token' };
  return { do: 'register-chatwoot', url, account, token, consoleUrl, title: given('title') ?? 'Segue' };
}
