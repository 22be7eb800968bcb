import { beginPrivacy, fetchPrivacy, getPrivacy, listPrivacy } from '../calls/privacy.js';
import { beginPrivacyRequest, privacyQuery } from '../shapes/privacy.js';
import { callerProcedure, once, router } from './trpc.js';

const managing = callerProcedure('privacy:manage');

export const privacyRouter = router({
  list: managing.query(({ ctx }) => listPrivacy(ctx)),
  get: managing.input(privacyQuery).query(({ ctx, input }) => getPrivacy(ctx, input)),
  begin: managing
    .input(beginPrivacyRequest)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'beginPrivacyRequest', body: input }, () => beginPrivacy(ctx, input)),
    ),
  fetch: managing.input(privacyQuery).query(({ ctx, input }) => fetchPrivacy(ctx, input)),
});
