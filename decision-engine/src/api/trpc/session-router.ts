import type { InvitationDocument } from '../../access/invitation-document.js';
import { acceptInvitation, readInvitation } from '../../access/invitations.js';
import { permissionsIn } from '../../access/permissions.js';
import {
  endSession,
  extendPluginSession,
  type KnownSession,
  sessionIdOf,
  sessionOf,
  startSession,
} from '../../access/sessions.js';
import { audited } from '../../audit/audited.js';
import type { Engine } from '../../engine/engine.js';
import { SIGN_ON_PATH } from '../../sign-on/serve-sign-on.js';
import { ApiError } from '../api-error.js';
import { acceptRequest, tokenQuery } from '../shapes/people.js';
import { type SessionView, signInRequest } from '../shapes/session.js';
import { agentProcedure, consoleProcedure, openProcedure, router, type TrpcContext } from './trpc.js';

/** How long the session of a help desk's sidebar lasts without being moved on. */
const PLUGIN_MINUTES = 60;

const viewOf = ({ agent, plugin }: KnownSession): SessionView => ({
  agent,
  permissions: permissionsIn(agent.role, { plugin }),
});

/** Where signing out goes on to, so that the provider forgets the person as well; null where it can't be asked. */
async function signOutUrl({
  signOn,
  engine,
}: Pick<TrpcContext, 'signOn' | 'engine'>): Promise<string | null> {
  if (signOn === undefined) return null;
  try {
    return (await signOn.provider.endUrl(`${signOn.consoleUrl}/sign-in`))?.href ?? null;
  } catch (error) {
    engine.log.warn({ err: error }, 'the provider of single sign-on could not be asked where to sign out');
    return null;
  }
}

const notValid = () =>
  new ApiError('unknown_invitation', 'This invitation was used or has run out: ask for a new one');

async function invitationOf(engine: Engine, token: string): Promise<InvitationDocument> {
  const invitation = await readInvitation(engine.store, { token, now: engine.clock() });
  if (invitation === null) throw notValid();
  return invitation;
}

export const sessionRouter = router({
  signIn: openProcedure.input(signInRequest).mutation(async ({ ctx, input }) => {
    const { agent, ...session } = await ctx.signIn({
      ...input,
      address: ctx.address,
      userAgent: ctx.userAgent,
    });
    ctx.setSession(session);
    return viewOf({ agent, plugin: false });
  }),
  /** The company's own provider that people may come in by; null where there is none. */
  signOnOffer: openProcedure.query(({ ctx }) =>
    ctx.signOn === undefined ? null : { name: ctx.signOn.settings.name, path: SIGN_ON_PATH },
  ),
  /** What a link of an invitation says, before it is accepted. */
  invitation: openProcedure.input(tokenQuery).query(async ({ ctx, input }) => {
    const { email, name, role, expiresAt } = await invitationOf(ctx.engine, input.token);
    return { email, name, role, expiresAt: expiresAt.toISOString() };
  }),
  acceptInvitation: openProcedure.input(acceptRequest).mutation(async ({ ctx, input }) => {
    const { engine, address, userAgent } = ctx;
    const { email, invitedBy } = await invitationOf(engine, input.token);
    const agentId = engine.newId('agt');
    const who = { kind: 'agent', id: agentId, name: input.name } as const;
    const session = await audited(
      engine,
      { who, what: 'session.acceptInvitation', input: { email, invitedBy } },
      async (note) => {
        note({ target: { kind: 'person', id: agentId, name: email } });
        const accepted = await acceptInvitation(engine.store, { ...input, agentId, now: engine.clock() });
        if (accepted.kind === 'not-valid') throw notValid();
        return startSession(engine.store, { agentId, now: engine.clock(), address, userAgent });
      },
    );
    ctx.setSession(session);
    const known = await sessionOf(engine.store, session.token, engine.clock());
    if (known === null) throw notValid();
    return viewOf(known);
  }),
  /** A session for the sidebar of a help desk, from the window of the console that its frame opened. */
  openPlugin: consoleProcedure.mutation(async ({ ctx }) => {
    const { engine, agent, token, address, userAgent } = ctx;
    const plugin = { parent: sessionIdOf(token), minutes: PLUGIN_MINUTES };
    const now = engine.clock();
    const session = await startSession(engine.store, {
      agentId: agent.agentId,
      now,
      address,
      userAgent,
      plugin,
    });
    return { token: session.token, expiresAt: session.expiresAt.toISOString() };
  }),
  /** Moves the end of the sidebar's session on, and keeps it in a cookie where the browser takes one. */
  keepPlugin: agentProcedure.mutation(async ({ ctx }) => {
    const { engine, token } = ctx;
    const expiresAt = await extendPluginSession(engine.store, {
      token,
      now: engine.clock(),
      minutes: PLUGIN_MINUTES,
    });
    if (expiresAt !== null) ctx.setPluginCookie({ token, expiresAt });
    return { kept: expiresAt !== null };
  }),
  signOut: agentProcedure.mutation(async ({ ctx }) => {
    const signedOn = await endSession(ctx.engine.store, ctx.token);
    ctx.setSession(null);
    return { signedOut: true, goOnTo: signedOn ? await signOutUrl(ctx) : null };
  }),
  me: agentProcedure.query(({ ctx }) => viewOf(ctx.caller)),
});
