import type { SegueEvent } from '../events/segue-event.js';
import { FEATURES } from '../features/feature-set.js';
import { emptyFeatureState, updateFeatureState } from '../features/feature-state.js';
import type { PropensityRequest } from '../propensity/propensity-model.js';
import type { BenchNetwork } from './bench-network.js';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const NOW = new Date(START + 90.4 * DAY);
const CATEGORIES = 12;
const GROUPS = 6;

/**
 * A decision as a shop makes it: every action on two channels, actions in six groups, about one or two of twelve
 * categories, for a customer who was shown some of them and looks around.
 */
export function benchRequest(network: BenchNetwork, candidates: number): PropensityRequest {
  const events = Array.from({ length: 80 }, (_, index): SegueEvent[] => {
    const offer = {
      decision_id: `d${index}`,
      ...named(index % 24),
      action_id: `action ${index % 12}`,
    };
    return [
      event('Product Viewed', index, {
        product_id: 'p',
        category: `Category ${(index * index) % CATEGORIES}`,
      }),
      ...(index % 3 === 0 ? [event('Action Shown', index, offer)] : []),
      ...(index % 9 === 0 ? [event('Action Accepted', index, offer)] : []),
    ];
  }).flat();
  return {
    state: events.reduce(updateFeatureState, emptyFeatureState()),
    values: Float64Array.from(FEATURES, ({ name }) => {
      const column = network.table.columns.find((each) => each.name === name);
      return column?.kind === 'numeric' ? (column.values[0] ?? Number.NaN) : Number.NaN;
    }),
    now: NOW,
    timeZone: 'Europe/Berlin',
    candidates: Array.from({ length: candidates }, (_, index) => {
      const { action_id, group_id, channel, treatment_id } = named(index);
      const about = (index >> 1) % CATEGORIES;
      const tags = [`Category ${about}`, ...(about % 3 === 0 ? [`Category ${about + 1}`] : [])];
      return { actionId: action_id, groupId: group_id, channel, treatmentId: treatment_id, tags };
    }),
  };
}

/** Actions and treatments beyond the fiftieth are new to the network of the bench. */
function named(index: number) {
  const action = index >> 1;
  return {
    action_id: `action ${action}`,
    group_id: `group ${action % GROUPS}`,
    channel: index % 2 === 0 ? 'email' : 'push',
    treatment_id: `treatment ${action}`,
  };
}

function event(name: string, day: number, properties: SegueEvent['properties']): SegueEvent {
  return {
    messageId: `${name} ${day}`,
    type: 'track',
    name,
    timestamp: new Date(START + day * DAY),
    properties,
    context: {},
  };
}
