import { permissionsOf } from '../../access/permissions.js';
import { endSession } from '../../access/sessions.js';
import { type AgentView, type SessionView, signInRequest } from '../shapes/session.js';
import { agentProcedure, openProcedure, router } from './trpc.js';

const sessionOf = (agent: AgentView): SessionView => ({ agent, permissions: permissionsOf(agent.role) });

export const sessionRouter = router({
  signIn: openProcedure.input(signInRequest).mutation(async ({ ctx, input }) => {
    const { agent, ...session } = await ctx.signIn({ ...input, address: ctx.address });
    ctx.setSession(session);
    return sessionOf(agent);
  }),
  signOut: agentProcedure.mutation(async ({ ctx }) => {
    await endSession(ctx.engine.store, ctx.token);
    ctx.setSession(null);
    return { signedOut: true };
  }),
  me: agentProcedure.query(({ ctx }) => sessionOf(ctx.agent)),
});
