import type { JourneyWork } from './journey-work.js';
import { runDue } from './run-due.js';
import { scanCustomers } from './scan-customers.js';
import { takeJourneyEvents } from './take-journey-events.js';

export type JourneyRound = {
  readonly events: number;
  readonly runs: number;
  readonly customers: number;
  /** Things done outside: messages put into the outbox, tasks, webhooks. */
  readonly performed: number;
};

/** One round of what is to be done now: events first, so that a customer who has answered is not reminded. */
export async function runJourneysOnce(work: JourneyWork): Promise<JourneyRound> {
  const told = await takeJourneyEvents(work);
  const due = await runDue(work);
  const scanned = await scanCustomers(work);
  return {
    events: told.events,
    runs: due.runs,
    customers: scanned.customers,
    performed: told.performed + due.performed + scanned.performed,
  };
}

/** Rounds until nothing is left to do now. */
export async function runJourneys(work: JourneyWork): Promise<JourneyRound> {
  let total: JourneyRound = { events: 0, runs: 0, customers: 0, performed: 0 };
  for (;;) {
    const round = await runJourneysOnce(work);
    total = {
      events: total.events + round.events,
      runs: total.runs + round.runs,
      customers: total.customers + round.customers,
      performed: total.performed + round.performed,
    };
    if (round.events + round.runs + round.customers === 0) return total;
  }
}
