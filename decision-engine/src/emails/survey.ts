import type { LayoutVariables } from '@segue/integrations';
import type { CustomerLinks, LinkPayload } from '../links/customer-links.js';

export type Survey = LinkPayload<'survey'>['survey'];

type Scale = {
  readonly from: number;
  readonly to: number;
  readonly low: string;
  readonly high: string;
  readonly question: string;
};

/** The two questions, as they are asked everywhere: NPS from 0 to 10, satisfaction from 1 to 5. */
export const SURVEYS: Readonly<Record<Survey, Scale>> = {
  nps: { from: 0, to: 10, low: 'never', high: 'certainly', question: 'Would you recommend us?' },
  csat: { from: 1, to: 5, low: 'bad', high: 'good', question: 'How did we do?' },
};

export function surveyOf(attribute: unknown): Survey | null {
  return attribute === 'nps' || attribute === 'csat' ? attribute : null;
}

export function scoresOf(survey: Survey): readonly number[] {
  const { from, to } = SURVEYS[survey];
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** The answers of a message's survey, each with its link; none where it asks nothing. */
export async function surveyVariables(
  survey: Survey | null,
  links: CustomerLinks,
  deliveryId: string,
): Promise<LayoutVariables['survey']> {
  if (survey === null) return { low: '', high: '', answers: [] };
  const { low, high } = SURVEYS[survey];
  const link = await links.make('survey', { deliveryId, survey });
  return { low, high, answers: scoresOf(survey).map((score) => ({ score, url: `${link}?score=${score}` })) };
}
