import { PLUGIN_HELP, readPluginArguments } from '../plugin/plugin-arguments.js';
import { runPlugin } from '../plugin/plugin-command.js';
import { say } from './run-with-store.js';

const args = readPluginArguments(process.argv.slice(2), process.env);
if (args === 'help') process.stdout.write(PLUGIN_HELP);
else if ('problem' in args) {
  say(`${args.problem}. See --help.`);
  process.exitCode = 2;
} else {
  process.exitCode = await runPlugin(args, say).catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    return 1;
  });
}
