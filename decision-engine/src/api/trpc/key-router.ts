import { listKeys, newKey, takeBackKey } from '../calls/keys.js';
import { keyQuery, newKeyRequest } from '../shapes/people.js';
import { permitted, router } from './trpc.js';

const managing = permitted('keys:manage');

export const keyRouter = router({
  list: managing.query(({ ctx }) => listKeys(ctx)),
  create: managing.input(newKeyRequest).mutation(({ ctx, input }) => newKey(ctx, input)),
  revoke: managing.input(keyQuery).mutation(({ ctx, input }) => takeBackKey(ctx, input)),
});
