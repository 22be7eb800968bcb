import { shown } from './addresses.js';
import { parseEngineMessage } from './engine-message.js';
import { ENGINE_NODE_ARGS } from './engine-node-args.js';
import type { LogFile } from './log-file.js';
import { startProcess } from './managed-process.js';
import type { PhaseDisplay } from './phase-display.js';
import { endingOf, type ProductPart } from './product-part.js';
import type { SupervisorConfig } from './supervisor-config.js';
import { firstSignIn } from './terminal-text.js';

export type EngineOptions = {
  readonly script: string;
  readonly args: readonly string[];
  readonly config: SupervisorConfig;
  readonly databaseUri: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: LogFile;
  readonly display: PhaseDisplay;
  /** Standard output. */
  readonly say: (text: string) => void;
};

/** Starts the engine, shows its progress, and passes the first password on to the person at the terminal. */
export function startEngine(options: EngineOptions): ProductPart {
  const { config, display, log } = options;
  let tellUp: (url: string) => void = () => {};
  let tellFatal: (message: string) => void = () => {};
  const up = new Promise<string>((fulfil) => {
    tellUp = fulfil;
  });
  const fatal = new Promise<string>((fulfil) => {
    tellFatal = fulfil;
  });
  const onMessage = (raw: unknown) => {
    const message = parseEngineMessage(raw);
    switch (message?.type) {
      case undefined:
        return;
      case 'progress':
        return display.show({
          phase: message.phase,
          done: message.done,
          total: message.total ?? null,
          note: message.note ?? '',
        });
      case 'secret':
        display.end();
        return options.say(`\n${firstSignIn(message)}\n`);
      case 'ready':
        display.end();
        return tellUp(`http://${shown(config.host)}:${config.port}`);
      case 'fatal':
        return tellFatal(message.message);
    }
  };
  const engine = startProcess({
    name: 'The engine',
    script: options.script,
    args: options.args,
    nodeArgs: ENGINE_NODE_ARGS,
    env: {
      ...options.env,
      MONGODB_URI: options.databaseUri,
      SEGUE_DATA: config.dataFolder,
      HOST: config.host,
      PORT: String(config.port),
      CONSOLE_PORT: String(config.consolePort),
    },
    stopBy: 'signal',
    onMessage,
    onLine: (line) => log.write(line),
  });
  return { process: engine, up, failed: Promise.race([fatal, endingOf(engine)]) };
}
