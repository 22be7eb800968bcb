import { pick } from '../chance/pick.js';
import { clamp } from '../chance/squash.js';
import { AGENTS, agentReply, customerWords, type Topic } from '../world/conversation-texts.js';
import { DAY, MINUTE } from '../world/local-time.js';
import { track } from './emit.js';
import type { Life, Scene } from './life.js';
import { offer } from './offer.js';

export type ConversationCall = { readonly topic: Topic; readonly at: number; readonly orderId?: string };

/** How each topic starts off the mood, and how often it is settled in the conversation. */
const TOPICS: Record<Topic, { readonly mood: number; readonly solved: number; readonly trouble: boolean }> = {
  late_parcel: { mood: -0.35, solved: 0.55, trouble: true },
  broken_item: { mood: -0.3, solved: 0.65, trouble: true },
  refund: { mood: -0.2, solved: 0.7, trouble: true },
  outage: { mood: -0.2, solved: 0.8, trouble: false },
  size_question: { mood: 0.05, solved: 0.93, trouble: false },
  product_question: { mood: 0.05, solved: 0.93, trouble: false },
  praise: { mood: 0.4, solved: 1, trouble: false },
};

/** A support chat: two or three messages, the agent's offer, and an end that settles it or doesn't. */
export function* converse(life: Life, call: ConversationCall): Scene {
  if (life.leftAt !== undefined) return;
  const { draws } = life;
  const about = TOPICS[call.topic];
  const agent = pick(draws, AGENTS);
  const id = `c-${life.customer.index.toString(36)}-${(call.at / 1000).toFixed(0)}`;
  const from = life.registered || life.emailGiven ? 'server' : life.lastDevice;
  life.mood = clamp(life.mood + about.mood, -1, 1);
  if (about.trouble) {
    life.trouble ??= {
      topic: call.topic,
      since: call.at,
      ...(call.orderId === undefined ? {} : { orderId: call.orderId }),
    };
  }
  const started = Math.max(call.at, life.cursor + 1);
  const common = { agent_id: agent.id, agent_name: agent.name, conversation_id: id };
  const order = call.orderId === undefined ? {} : { order_id: call.orderId };
  const heard = () => Math.round(clamp(life.mood + 0.15 * draws.normal(), -1, 1) * 100) / 100;
  const said = (at: number, event: string, body: string) =>
    track(life, {
      from,
      at,
      event,
      properties: {
        ...common,
        ...order,
        topic: call.topic,
        message_id: `${id}-${life.sequence}`,
        message_body: body,
        sentiment: heard(),
      },
    });
  yield said(started, 'Live Chat Conversation Started', customerWords(draws, call.topic, life.mood));
  yield track(life, {
    from,
    at: life.cursor + MINUTE + draws.wait(3 * MINUTE),
    event: 'Live Chat Message Received',
    properties: {
      ...common,
      message_id: `${id}-${life.sequence}`,
      message_body: agentReply(draws, call.topic),
    },
  });
  if (draws.chance(0.5)) {
    const body =
      life.mood < -0.4 ? 'This is not good enough. What will you do about it?' : 'Thanks. What happens next?';
    yield said(life.cursor + draws.wait(3 * MINUTE) + 20_000, 'Live Chat Message Sent', body);
  }
  yield* offer(life, { channel: 'agent', placement: 'conversation' }, 'server');
  yield* settle(life, { call, common, started, from });
}

type Ending = {
  readonly call: ConversationCall;
  readonly common: Record<'agent_id' | 'agent_name' | 'conversation_id', string>;
  readonly started: number;
  readonly from: 'server' | 0 | 1;
};

function* settle(life: Life, { call, common, started, from }: Ending): Scene {
  const { draws } = life;
  const at = life.cursor + 2 * MINUTE + draws.wait(4 * MINUTE);
  const helped = TOPICS[call.topic].trouble && life.trouble === undefined;
  const solved = helped || draws.chance(TOPICS[call.topic].solved);
  if (solved) {
    life.trouble = undefined;
    life.mood = clamp(life.mood + 0.35, -1, 1);
  } else {
    life.engagement = clamp(life.engagement - 0.15, 0.2, 1.3);
    life.agenda.push({ at: at + (2 + draws.wait(9)) * DAY, play: () => closeCase(life, call.topic) });
  }
  yield track(life, {
    from,
    at,
    event: 'Live Chat Conversation Ended',
    properties: {
      ...common,
      topic: call.topic,
      conversation_duration: Math.round((at - started) / 1000),
      resolution: solved ? 'solved' : 'open',
      resolved: solved,
      sentiment: Math.round(life.mood * 100) / 100,
    },
  });
  if (draws.chance(0.3)) {
    const score = clamp(Math.round((solved ? 4.2 : 2.2) + life.mood + 0.6 * draws.normal()), 1, 5);
    const survey = { survey: 'csat', score, conversation_id: common.conversation_id };
    yield track(life, { from, at: life.cursor + 20 * MINUTE, event: 'Survey Answered', properties: survey });
  }
}

/** The back office gets round to what the conversation left open. */
function* closeCase(life: Life, topic: Topic): Scene {
  if (life.trouble?.topic !== topic) return;
  life.trouble = undefined;
  yield track(life, { from: 'server', at: life.cursor, event: 'Support Case Solved', properties: { topic } });
}
