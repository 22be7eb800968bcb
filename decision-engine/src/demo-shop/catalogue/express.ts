import type { ActionInput } from '../../catalogue/action.js';
import { type DemoChannel, demoAction } from '../world/actions.js';
import { GOOD_MOMENT, OCCASIONS } from './when.js';

type Words = {
  /** Headline of the card, the banner or the e-mail. */
  readonly title: string;
  readonly subject?: string;
  readonly body: string;
  /** Agents only: what to say. */
  readonly talkTrack?: string;
};

export type DemoWords = {
  /** A verb phrase, as the agent's card shows it. */
  readonly name: string;
  readonly description: string;
  readonly issue: string;
  readonly startingPropensity: number;
  /** One for each channel of the demo action. */
  readonly treatments: Readonly<Partial<Record<DemoChannel, Words>>>;
  readonly contextWeights?: NonNullable<ActionInput['contextWeights']>;
  readonly limits?: NonNullable<ActionInput['limits']>;
  readonly fallback?: boolean;
};

/** Pounds that one contact costs. */
const CONTACT_COST: Readonly<Record<DemoChannel, number>> = { agent: 0.8, email: 0.002, web: 0, sms: 0.04 };

/** A demo action in the engine's words: numbers and occasion from the world, the copy from here. */
export function express(actionId: string, words: DemoWords): ActionInput {
  const action = demoAction(actionId);
  if (action === undefined) throw new Error(`Expected "actionId" to be a demo action, got "${actionId}"`);
  const treatments = action.channels.map((channel) => {
    const said = words.treatments[channel];
    if (said === undefined) throw new Error(`Expected "${actionId}" to have words for ${channel}, got none`);
    return {
      treatmentId: `${actionId}-${channel}`,
      channel,
      contactCost: CONTACT_COST[channel],
      title: said.title,
      body: said.body,
      ...(said.subject === undefined ? {} : { subject: said.subject }),
      ...(said.talkTrack === undefined ? {} : { talkTrack: said.talkTrack }),
    };
  });
  return {
    actionId,
    name: words.name,
    description: words.description,
    issue: words.issue,
    group: action.group,
    class: action.class,
    value: { type: 'fixed', amount: action.value },
    cost: action.cost,
    tags: [...action.tags],
    applicability: [...OCCASIONS[action.occasion]],
    suitability: action.class === 'promotional' ? [...GOOD_MOMENT] : [],
    startingPropensity: words.startingPropensity,
    contextWeights: words.contextWeights ?? [],
    limits: words.limits ?? {},
    fallback: words.fallback ?? false,
    treatments,
  };
}
