import type { ActionInput } from '../catalogue/action.js';
import { parseCatalogue } from '../catalogue/catalogue.js';
import { type Channel, channelSchema, placementSchema } from '../catalogue/ids.js';
import type { ProfileSchema } from '../conditions/profile-schema.js';
import { compileDecider, type Decider } from '../decide/compile-decider.js';
import type { DecideInput, DecisionContext, PropensityScore, ScoreRequest } from '../decide/decide-input.js';
import type { ConsentRecord, ContactEntry, DecisionProfile } from '../decide/decision-profile.js';
import { type PoliciesInput, parsePolicies } from '../policy/policies.js';

/** A Sunday in November, noon in London: nothing quiet, nothing special. */
export const NOON = new Date('2026-11-22T12:00:00Z');

export const GRANTED: ConsentRecord = {
  state: 'granted',
  source: 'checkout',
  at: new Date('2026-01-05T10:00:00Z'),
};
export const DENIED: ConsentRecord = { ...GRANTED, state: 'denied', source: 'preference-page' };

export function channel(name: string): Channel {
  return channelSchema.parse(name);
}

function profileOf(changes: Partial<DecisionProfile> = {}): DecisionProfile {
  return {
    customerId: 'customer-1',
    bucketingKey: 'anonymous-1',
    firstSeenAt: new Date('2025-11-01T00:00:00Z'),
    traits: {},
    consent: { email: { marketing: GRANTED, service: GRANTED }, sms: { marketing: GRANTED } },
    suppressions: [],
    noProfiling: false,
    timeZone: 'Europe/London',
    language: 'en',
    features: {},
    scores: { churn: null, value: null },
    segments: [],
    sentiment: null,
    contactHistory: [],
    recentEvents: [],
    recentEventsSince: null,
    ...changes,
  };
}

/** A promotional action of group "offers" with one treatment on the agent's channel, worth 10. */
export function actionOf(actionId: string, changes: Partial<ActionInput> = {}): ActionInput {
  return {
    actionId,
    name: `Do ${actionId}`,
    issue: 'sales',
    group: 'offers',
    class: 'promotional',
    value: { type: 'fixed', amount: 10 },
    treatments: [{ treatmentId: 'agent', channel: 'agent', title: actionId, body: 'Hello' }],
    ...changes,
  };
}

/** The same action on another channel, so that its consent, caps and hours can be tried. */
export function on(name: string, action: ActionInput): ActionInput {
  return { ...action, treatments: [{ treatmentId: name, channel: name, title: action.name, body: 'Hello' }] };
}

export function contactOf(actionId: string, changes: Partial<ContactEntry> = {}): ContactEntry {
  return {
    at: NOON,
    outcome: 'shown',
    decisionId: `decision-${actionId}-${(changes.at ?? NOON).toISOString()}`,
    actionId,
    treatmentId: 'email',
    groupId: 'offers',
    issueId: 'sales',
    class: 'promotional',
    channel: 'email',
    ...changes,
  };
}

/** Compiles or throws every problem: for tests whose subject is not the compiling. */
export function deciderOf(
  actions: readonly ActionInput[],
  policies: PoliciesInput = {},
  schema?: ProfileSchema,
): Decider {
  const parsedActions = parseCatalogue(actions);
  if (!parsedActions.ok) throw new Error(parsedActions.problems.join('\n'));
  const parsedPolicies = parsePolicies(policies);
  if (!parsedPolicies.ok) throw new Error(parsedPolicies.problems.join('\n'));
  const compiled = compileDecider(
    { version: 'c1', actions: parsedActions.actions },
    { version: 'p1', policies: parsedPolicies.policies },
    schema,
  );
  if (!compiled.ok) throw new Error(compiled.problems.join('\n'));
  return compiled.decider;
}

export type Propensities = Readonly<Record<string, number | PropensityScore>>;

/** Scores by action id, or by "action/treatment"; what is not listed keeps its starting propensity. */
function scorerOf(propensities: Propensities): DecideInput['scorePropensity'] {
  const scoreOf = (request: ScoreRequest): PropensityScore => {
    const found =
      propensities[`${request.actionId}/${request.treatmentId}`] ?? propensities[request.actionId];
    if (found === undefined) return { probability: request.startingPropensity, reasons: [] };
    return typeof found === 'number' ? { probability: found, reasons: [] } : found;
  };
  return (requests) => requests.map(scoreOf);
}

export type InputChanges = Partial<Omit<DecideInput, 'context' | 'profile'>> & {
  readonly profile?: Partial<DecisionProfile>;
  readonly context?: Partial<Omit<DecisionContext, 'channels' | 'placement'>>;
  readonly placement?: string;
  readonly channels?: readonly string[];
  readonly propensities?: Propensities;
};

export function inputOf(changes: InputChanges = {}): DecideInput {
  const { profile, context, channels, placement, propensities, ...rest } = changes;
  return {
    profile: profileOf(profile),
    context: {
      channels: (channels ?? ['agent']).map(channel),
      slots: 1,
      placement: placement === undefined ? undefined : placementSchema.parse(placement),
      ...context,
    },
    scorePropensity: scorerOf(propensities ?? {}),
    now: NOON,
    seed: 'seed-1',
    ...rest,
  };
}
