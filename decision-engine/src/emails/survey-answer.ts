import { findCustomer } from '../customers/find-customer.js';
import type { CustomerId } from '../customers/profile.js';
import type { Engine } from '../engine/engine.js';
import { takeOwnEvents } from '../engine/take-own-events.js';
import { aboutMessage, messageOf } from './mail-events.js';
import { SURVEYS, type Survey } from './survey.js';

export type SurveyAnswer = {
  readonly deliveryId: string;
  readonly survey: Survey;
  readonly score: number;
  /** '' = none. */
  readonly comment: string;
};

/**
 * Takes an answer in as `Survey Answered`, which journeys, satisfaction and outcomes read. The same answer again counts once,
 * another one is another event; a comment comes as `Survey Commented` of its own, so that it can follow later and answers are not counted twice.
 * @returns null where the message or its customer is not stored any more
 */
export async function recordSurveyAnswer(
  engine: Engine,
  { deliveryId, survey, score, comment }: SurveyAnswer,
): Promise<CustomerId | null> {
  const message = await messageOf(engine, deliveryId);
  const document =
    message === null ? null : await findCustomer(engine.store, { customerId: message.decision.customerId });
  if (message === null || document === null) return null;
  const about = { ...aboutMessage(message), survey };
  const customerId = document._id as CustomerId;
  await takeOwnEvents(engine, customerId, [
    {
      messageId: `survey:${deliveryId}:${survey}:${score}`,
      name: 'Survey Answered',
      properties: { ...about, score, max_score: SURVEYS[survey].to },
    },
    ...(comment === ''
      ? []
      : [
          {
            messageId: `survey-comment:${deliveryId}:${survey}`,
            name: 'Survey Commented',
            properties: { ...about, score, comment },
          },
        ]),
  ]);
  return customerId;
}
