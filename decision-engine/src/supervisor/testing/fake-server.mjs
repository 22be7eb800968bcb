import process from 'node:process';

// Stands in for a database server under the supervisor; FAKE_SERVER says how it behaves.

const behaviour = process.env.FAKE_SERVER ?? 'well';
process.on('disconnect', () => process.exit(0));

if (behaviour === 'broken') {
  process.stderr.write('no room on the disk\n');
  process.exit(4);
}
if (behaviour !== 'hangs') {
  process.send({ type: 'ready', uri: 'mongodb://127.0.0.1:9' }, () => {
    if (behaviour === 'ends') process.exit(3);
  });
}
