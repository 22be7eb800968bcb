import type { FastifyReply } from 'fastify';
import { type Survey, scoresOf } from '../emails/survey.js';
import { recordSurveyAnswer } from '../emails/survey-answer.js';
import { answerPage, brokenLinkPage, goneCustomerPage } from './customer-page.js';
import { fieldsOf } from './form-body.js';
import type { PageCall } from './serve-customer-pages.js';
import { surveyPage, thanksPage } from './survey-page.js';

const LONGEST_COMMENT = 2_000;

function scoreIn(survey: Survey, fields: URLSearchParams): number | null {
  const given = fields.get('score') ?? '';
  return scoresOf(survey).find((score) => String(score) === given) ?? null;
}

/** Shows the question with the answer that the link names; answers nothing yet. */
export async function showSurvey({ running, token, request, reply }: PageCall): Promise<FastifyReply> {
  const { engine } = running;
  const sender = engine.sender.name;
  const link = await engine.links.read('survey', token);
  if (link === null) return answerPage(reply, brokenLinkPage(sender));
  const score = scoreIn(link.survey, new URL(request.url, 'http://page').searchParams);
  return answerPage(reply, surveyPage({ sender, survey: link.survey, score }));
}

export async function answerSurvey({ running, token, request, reply }: PageCall): Promise<FastifyReply> {
  const { engine } = running;
  const sender = engine.sender.name;
  const link = await engine.links.read('survey', token);
  if (link === null) return answerPage(reply, brokenLinkPage(sender));
  const { survey, deliveryId } = link;
  const fields = fieldsOf(request.body);
  const score = scoreIn(survey, fields);
  if (score === null) return answerPage(reply, { ...surveyPage({ sender, survey, score }), status: 400 });
  const comment = (fields.get('comment') ?? '').trim().slice(0, LONGEST_COMMENT);
  const customerId = await recordSurveyAnswer(engine, { deliveryId, survey, score, comment });
  if (customerId === null) return answerPage(reply, { ...goneCustomerPage(sender), status: 410 });
  running.changed([customerId]);
  return answerPage(reply, thanksPage(sender));
}
