import type { Moment, OutcomeNote } from '../behaviour/life.js';
import type { DemoEvent } from '../demo-event.js';
import { mergeLives } from '../merge-lives.js';
import type { DemoAction } from '../world/actions.js';
import { type LabelledWorld, plainWorld, withActionsOf } from './offered-world.js';

/** Something a policy under test may see, or must answer. */
export type WorldStep =
  | {
      readonly kind: 'event';
      readonly customer: number;
      readonly event: DemoEvent;
      readonly outcome?: OutcomeNote;
    }
  /** Answer with {@link InteractiveWorld.choose} before the next step; otherwise nothing is offered. */
  | { readonly kind: 'decision'; readonly customer: number; readonly moment: Moment };

export type InteractiveWorld = {
  /** The next thing that happens; undefined at the world's end. */
  readonly next: () => WorldStep | undefined;
  /**
   * Offers an action at the decision just returned. The outcome is drawn from the truth and comes back as events: at
   * once on the web and from agents, later or never by e-mail and text message. Throws where there is no decision open.
   */
  readonly choose: (action: DemoAction, propensity: number) => void;
};

/** The demo shop as a world to act in: behaviour goes on between decisions, and what is offered changes it. */
export function createInteractiveWorld(world: LabelledWorld): InteractiveWorld {
  const lives = mergeLives(plainWorld(world), { from: 0, to: world.customers });
  let open: Moment | undefined;
  let chosen: { readonly action: DemoAction; readonly propensity: number } | undefined;
  return {
    next: () => {
      const step = lives.next(chosen);
      open = undefined;
      chosen = undefined;
      if (step.done === true) return undefined;
      const { customer, item } = step.value;
      if (item.kind === 'moment') {
        open = withActionsOf(world, item.moment);
        return { kind: 'decision', customer, moment: open };
      }
      const { event, outcome } = item;
      return outcome === undefined
        ? { kind: 'event', customer, event }
        : { kind: 'event', customer, event, outcome };
    },
    choose: (action, propensity) => {
      if (open === undefined) throw new Error('Expected a decision to be open before "choose", got none');
      chosen = { action, propensity };
    },
  };
}
