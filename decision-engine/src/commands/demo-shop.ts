import { runDemoShopCommand } from '../demo-shop/command/run-demo-shop.js';
import { stopOnSignal } from './stop-on-signal.js';

// A reader that has seen enough (`| head`) closes the pipe: that is the end and no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runDemoShopCommand({
  argv: process.argv.slice(2),
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stopOnSignal(),
  now: Date.now,
  peakMemoryBytes: () => process.resourceUsage().maxRSS * 1024,
});
