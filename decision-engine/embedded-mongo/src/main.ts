import { parseArgs } from 'node:util';
import { type EmbeddedMongo, startEmbeddedMongo } from './start-embedded-mongo.js';

const USAGE =
  'usage: npm run mongo -- --port 27017 --data .data/mongo [--host 127.0.0.1] [--user NAME --password WORD]';

/** The server as a process of its own. With a parent over IPC it lives as long as the parent. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '27017' },
      data: { type: 'string', default: '.data/mongo' },
      host: { type: 'string', default: '127.0.0.1' },
      user: { type: 'string' },
      password: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`Expected "--port" to be 0 to 65535, got ${values.port}`);
  const server = await startEmbeddedMongo({
    dataDir: values.data,
    host: values.host,
    port,
    ...(values.user === undefined ? {} : { user: values.user }),
    ...(values.password === undefined ? {} : { password: values.password }),
    log: (line) => process.stderr.write(`${line}\n`),
  });
  announce(server);
}

function announce(server: EmbeddedMongo): void {
  const { host, port, uri } = server;
  const stop = (): void => {
    server.close().then(
      () => process.exit(0),
      (fault: unknown) => {
        process.stderr.write(`${String(fault)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  if (process.send) {
    process.on('SIGINT', () => undefined);
    process.on('disconnect', stop);
    process.send({ type: 'ready', host, port, uri });
  } else {
    process.on('SIGINT', stop);
    process.stdout.write(`The embedded store listens on ${uri}\n`);
  }
}

main().catch((fault: unknown) => {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exit(1);
});
