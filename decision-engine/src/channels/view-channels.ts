import type { ChannelView } from '../api/shapes/channel.js';
import type { DecisionDocument } from '../decisions/decision-document.js';
import type { Engine } from '../engine/engine.js';
import type { EngineChannel } from './channel-registry.js';
import { whyOff } from './webhook-endpoints.js';

const FAILURES_SHOWN = 3;

async function failuresOn(engine: Engine, channel: string): Promise<ChannelView['failures']> {
  const decisions = await engine.store.decisions
    .find({ deliveries: { $elemMatch: { state: 'failed', channel } } }, { deliveries: 1 })
    .sort({ lastDeliveryAt: -1 })
    .limit(FAILURES_SHOWN)
    .lean<Pick<DecisionDocument, '_id' | 'deliveries'>[]>();
  return decisions
    .flatMap(({ deliveries }) => deliveries)
    .filter((each) => each.channel === channel && each.state === 'failed')
    .sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())
    .slice(0, FAILURES_SHOWN)
    .map(({ deliveryId, to, detail, updatedAt }) => ({
      deliveryId,
      to,
      detail,
      at: updatedAt.toISOString(),
    }));
}

async function viewOf(engine: Engine, connected: EngineChannel): Promise<ChannelView> {
  const { channel, state, forStaff = false, callbacks = [], endpoints = [] } = connected;
  const { id, name, addressKind } = channel.definition;
  const [retrying, inDoubt, failures, off] = await Promise.all([
    engine.store.decisions.countDocuments({
      deliveries: { $elemMatch: { state: 'pending', channel: id, attempts: { $gt: 0 } } },
    }),
    engine.store.decisions.countDocuments({
      deliveries: { $elemMatch: { unanswered: { $gte: 1 }, state: { $ne: 'sending' }, channel: id } },
    }),
    failuresOn(engine, id),
    Promise.all(endpoints.map((endpoint) => whyOff(engine.store, endpoint))),
  ]);
  return {
    channel: id,
    name,
    ...state,
    forStaff,
    addressKind,
    callbacks: callbacks.map((each) => ({ ...each })),
    endpoints: endpoints.map((endpoint, index) => ({ name: endpoint, off: off[index] ?? null })),
    retrying,
    inDoubt,
    failures,
  };
}

/** Every channel with its state, and how messages fare on it. */
export function viewChannels(engine: Engine): Promise<ChannelView[]> {
  return Promise.all(engine.channels.all.map((each) => viewOf(engine, each)));
}
