import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import process from 'node:process';

// Stands in for the store, the engine or the console: FAKE_NAME says which, FAKE_<NAME> how it behaves, and FAKE_JOURNAL
// is a file in which every one of them notes what happens to it.

const [, , name = 'nameless', ...args] = process.argv;
const behaviour = process.env[`FAKE_${name.toUpperCase()}`] ?? 'well';
const note = (what) => appendFileSync(process.env.FAKE_JOURNAL, `${name} ${what}\n`);

const leave = (why) => {
  note(why);
  if (behaviour !== 'stubborn') process.exit(0);
};
process.on('SIGTERM', () => leave('was told to stop'));
process.on('SIGINT', () => leave('was interrupted'));
process.on('disconnect', () => leave('lost its parent'));

/** Does something as soon as a server answers. */
async function once(url, act) {
  const answered = await fetch(url).catch(() => undefined);
  if (answered === undefined) setTimeout(() => once(url, act), 20);
  else act();
}

note('started');
process.stdout.write(`${name} writes a line\n`);

if (behaviour === 'crash') {
  process.stderr.write(`${name} met a bad end\n`);
  process.exit(7);
} else if (name === 'store') {
  process.send({ type: 'ready', uri: 'mongodb://127.0.0.1:1' });
} else if (name === 'engine') {
  note(`has ${process.env.MONGODB_URI} and ports ${process.env.PORT} ${process.env.CONSOLE_PORT}`);
  process.send('something the supervisor does not know');
  process.send({ type: 'progress', phase: 'Seeding', done: 1, total: 2 });
  process.send({ type: 'secret', email: 'admin@example.com', password: 'one two three', apiKey: 'sk_four' });
  if (behaviour === 'fatal') process.send({ type: 'fatal', message: 'The index can not be built.' });
  else process.send({ type: 'ready', url: `http://localhost:${process.env.PORT}` });
  if (behaviour === 'crash-later')
    await once(`http://127.0.0.1:${process.env.CONSOLE_PORT}`, () => process.exit(9));
} else if (name === 'console') {
  const port = Number(args[args.indexOf('--port') + 1]);
  note(`has the API at ${process.env.SEGUE_API_URL}`);
  createServer((_request, response) => response.end('hello')).listen(port, '127.0.0.1');
}
