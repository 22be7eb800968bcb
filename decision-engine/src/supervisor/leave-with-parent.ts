// Loaded into a child before its own program (`node --import`), where that program knows nothing of us.

const LEAVES_WITHIN_MS = 5_000;

process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), LEAVES_WITHIN_MS).unref();
});
