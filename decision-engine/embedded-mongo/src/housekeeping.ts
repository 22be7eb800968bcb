import type { ServerState } from './commands/command.js';
import type { Cursors } from './commands/cursors.js';
import { expireDocuments } from './expire-documents.js';
import { isNumeric, toNumber, truthy } from './numeric/number.js';
import type { Catalog } from './storage/catalog.js';

const TICK_MS = 1000;

/** What a server does by itself: closes idle cursors and removes documents whose time is over (TTL indexes). */
export class Housekeeping {
  private readonly timer: NodeJS.Timeout;
  private last = Date.now();
  private running = false;

  constructor(
    private readonly catalog: Catalog,
    private readonly cursors: Cursors,
    private readonly options: { readonly state: ServerState; readonly log: (line: string) => void },
  ) {
    this.timer = setInterval(() => void this.tick(), TICK_MS);
    this.timer.unref();
  }

  private async tick(): Promise<void> {
    const now = Date.now();
    const { parameters } = this.options.state;
    const seconds = parameters.get('ttlMonitorSleepSecs');
    const every = (isNumeric(seconds) ? toNumber(seconds) : 60) * 1000;
    if (this.running || now - this.last < every) return;
    this.running = true;
    this.last = now;
    try {
      this.cursors.closeIdle(now);
      if (truthy(parameters.get('ttlMonitorEnabled')))
        await expireDocuments(this.catalog, this.options.state.now());
    } catch (fault) {
      this.options.log(`housekeeping: ${fault instanceof Error ? fault.message : String(fault)}`);
    } finally {
      this.running = false;
    }
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
