import { initTRPC, TRPCError } from '@trpc/server';
import type { FakeShop } from './fake-shop';

export type FakeContext = {
  shop: FakeShop;
  signedIn: boolean;
  setCookie: (value: string) => void;
};

/** What `session.openPlugin` hands out here. */
export const FAKE_TOKEN = 'ses_fake';

export const fakeTrpc = initTRPC.context<FakeContext>().create();

/** A procedure for whoever is signed in. */
export const agent = fakeTrpc.procedure.use(({ ctx, next }) => {
  if (!ctx.signedIn) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'Sign in first.' });
  if (ctx.shop.databaseGone)
    throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'The database does not answer.' });
  return next();
});
