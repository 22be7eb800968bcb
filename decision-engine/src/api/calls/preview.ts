import { findCustomer } from '../../customers/find-customer.js';
import { profileOf } from '../../customers/stored-profile.js';
import { previewWords } from '../../decisions/preview-words.js';
import { ApiError } from '../api-error.js';
import type { Call } from '../call.js';
import type { PreviewAnswer, PreviewRequest } from '../shapes/catalogue.js';

/** @throws ApiError `unknown_customer` */
export async function previewTexts(
  { engine }: Call,
  { customerId, channel, texts, context }: PreviewRequest,
): Promise<PreviewAnswer> {
  const document = await findCustomer(engine.store, { customerId });
  if (document === null) throw new ApiError('unknown_customer', `There is no customer "${customerId}"`);
  const profile = profileOf(document);
  return {
    texts: Object.fromEntries(
      Object.entries(texts).map(([name, source]) => [
        name,
        previewWords(profile, { source, channel, context }),
      ]),
    ),
  };
}
