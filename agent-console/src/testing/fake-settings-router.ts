import { z } from 'zod';
import { inviteRequest } from '../../../decision-engine/src/api/shapes/people';
import { agent, fakeTrpc } from './fake-trpc';

const t = fakeTrpc;
const open = t.procedure;

/** The engine's procedures for the settings, answered from a shop in memory; little but reading. */
export const fakeSettings = {
  people: t.router({
    list: agent.query(({ ctx }) => ctx.shop.settings.people()),
    invite: agent.input(inviteRequest).mutation(({ ctx, input }) => ctx.shop.settings.invite(input)),
  }),
  key: t.router({ list: open.query(({ ctx }) => ctx.shop.settings.keys()) }),
  audit: t.router({
    list: open.input(z.looseObject({})).query(({ ctx }) => ctx.shop.settings.audit()),
  }),
  privacy: t.router({ list: open.query(({ ctx }) => ctx.shop.settings.privacy()) }),
  profile: t.router({
    get: open.query(({ ctx }) => ctx.shop.settings.profile()),
    enrolSecondFactor: open.mutation(() => ({
      secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      uri: 'otpauth://totp/Segue:dana%40example.com?issuer=Segue&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    })),
  }),
};
