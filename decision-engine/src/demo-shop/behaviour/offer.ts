import { OUTCOME_EVENT_NAMES } from '@segue/models';
import { type Answer, drawAnswer } from '../truth/answer.js';
import { DAY } from '../world/local-time.js';
import { acceptOffer, refuseOffer } from './after-offer.js';
import { momentOf } from './candidates.js';
import { type Sender, track } from './emit.js';
import type { Choice, DemoOutcome, Life, LifeItem, Moment, Offer, OutcomeNote, Scene } from './life.js';
import { situationOf } from './situation.js';

/**
 * Asks what to offer, shows it, and lets the customer answer: at once on screens and with agents, minutes to days
 * later by e-mail and text message, or never.
 */
export function* offer(life: Life, place: Pick<Moment, 'channel' | 'placement'>, from: Sender): Scene {
  const at = life.cursor + 400;
  const moment = momentOf(life, place, at);
  if (moment.candidates.length === 0) return;
  const choice = yield { kind: 'moment', at, moment };
  if (choice === undefined) return;
  const made = offerOf(life, choice, moment);
  const question = {
    customer: life.customer,
    action: choice.action,
    channel: place.channel,
    situation: situationOf(life, choice.action, at),
  };
  const reply = drawAnswer(life.answers, question);
  const say = { life, from, offer: made, reply };
  yield outcome(say, 'shown', at);
  remember(life, choice.action.id, at);
  const { answer: said } = reply;
  if (said === 'none') return;
  const answers = () => answer(say, said, at + reply.delay);
  if (place.channel === 'agent' || place.channel === 'web') yield* answers();
  else life.agenda.push({ at: at + reply.delay, play: answers });
}

type Saying = {
  readonly life: Life;
  readonly from: Sender;
  readonly offer: Offer;
  readonly reply: Answer;
};

function* answer(say: Saying, what: Exclude<DemoOutcome, 'shown' | 'converted'>, at: number): Scene {
  const { life } = say;
  const clicks = what === 'accepted' && say.offer.channel !== 'agent';
  if (clicks) yield outcome(say, 'clicked', at);
  yield outcome(say, what, at + 3000);
  // Whoever left in the meantime still answers, so that answers keep to their probability, but nothing comes of it.
  if (life.leftAt !== undefined) return;
  if (what === 'accepted') yield* acceptOffer(life, say.offer, say.reply);
  else if (what === 'rejected') yield* refuseOffer(life, say.offer);
}

function offerOf(life: Life, choice: Choice, moment: Moment): Offer {
  return {
    decisionId: choice.decisionId ?? `demo-d-${life.seed}-${life.customer.index}-${moment.at}`,
    action: choice.action,
    treatmentId: choice.treatmentId ?? `${choice.action.id}-${moment.channel}`,
    channel: moment.channel,
    propensity: choice.propensity,
  };
}

function outcome(say: Saying, what: DemoOutcome, at: number): LifeItem {
  return outcomeItem(say.life, say.from, {
    outcome: what,
    offer: say.offer,
    answer: say.reply,
    at,
  });
}

/** The event by which the shop tells what came of an offer. */
export function outcomeItem(
  life: Life,
  from: Sender,
  note: Omit<OutcomeNote, 'customer'> & { readonly at: number },
): LifeItem {
  const { offer: made } = note;
  const { at, ...rest } = note;
  return track(life, {
    from,
    at,
    event: OUTCOME_EVENT_NAMES[note.outcome],
    properties: {
      decision_id: made.decisionId,
      action_id: made.action.id,
      group_id: made.action.group,
      treatment_id: made.treatmentId,
      channel: made.channel,
      ...(note.outcome === 'shown' ? { propensity: made.propensity } : {}),
      ...(note.value === undefined ? {} : { value: note.value }),
    },
    outcome: { customer: life.customer, ...rest },
  });
}

/** Being spoken to tires, and drives away those whom it drives away. */
function remember(life: Life, actionId: string, at: number): void {
  const earlier = life.shown.get(actionId);
  const times = earlier !== undefined && at - earlier.last < 30 * DAY ? earlier.times + 1 : 1;
  life.shown.set(actionId, { times, last: at });
  life.tired += 1;
  if (life.customer.receptive < 0)
    life.engagement = Math.max(0.2, life.engagement + 0.07 * life.customer.receptive);
}
