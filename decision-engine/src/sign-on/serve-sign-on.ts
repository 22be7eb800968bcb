import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { startSession } from '../access/sessions.js';
import { ApiError } from '../api/api-error.js';
import { SESSION_COOKIE } from '../api/caller.js';
import { refuseOtherMethods } from '../api/rest/lay-out.js';
import type { Running } from '../api/running.js';
import { audited } from '../audit/audited.js';
import { type Admission, admitPerson } from './admit-person.js';
import type { OidcProvider, ProvenPerson, SignOnAttempt } from './oidc-provider.js';
import { openAttempt, sealAttempt } from './sign-on-cookie.js';
import type { SignOnSettings } from './sign-on-settings.js';

export const SIGN_ON_PATH = '/sign-on';
export const SIGN_ON_CALLBACK = '/sign-on/callback';
const ATTEMPT_COOKIE = 'segue_sign_on';
/** How long somebody may take at the provider. */
const ATTEMPT_SECONDS = 600;

/** Why a sign-on ended at the sign-in page again, as `problem` in its address. */
export type SignOnProblem = Exclude<Admission['kind'], 'admitted'> | 'failed' | 'unreachable' | 'too-many';

export type SignOn = {
  readonly settings: SignOnSettings;
  readonly provider: OidcProvider;
  /** Where the provider sends people back to. */
  readonly redirectUri: string;
  /** Of the console, without a slash at its end. */
  readonly consoleUrl: string;
  readonly secure: boolean;
};

/** The two pages of single sign-on: off to the provider, and back. */
export function serveSignOn(server: FastifyInstance, running: () => Running, signOn: SignOn): void {
  const { provider, redirectUri, consoleUrl, secure } = signOn;
  const cookie = { path: SIGN_ON_PATH, httpOnly: true, sameSite: 'lax', secure } as const;
  const back = (reply: FastifyReply, problem: SignOnProblem, next = '/'): FastifyReply => {
    const onwards = next === '/' ? '' : `&next=${encodeURIComponent(next)}`;
    return reply.redirect(`${consoleUrl}/sign-in?problem=${problem}${onwards}`);
  };

  server.get(SIGN_ON_PATH, { exposeHeadRoute: false }, async (request, reply) => {
    const { next } = request.query as Readonly<Record<string, unknown>>;
    try {
      const { url, attempt } = await provider.begin(redirectUri, pathIn(next));
      void reply.setCookie(ATTEMPT_COOKIE, sealAttempt(attempt), { ...cookie, maxAge: ATTEMPT_SECONDS });
      return reply.redirect(url.href);
    } catch (error) {
      running().engine.log.error({ err: error }, 'the provider of single sign-on does not answer');
      return back(reply, 'unreachable', pathIn(next));
    }
  });
  server.get(SIGN_ON_CALLBACK, { exposeHeadRoute: false }, async (request, reply) => {
    const attempt = openAttempt(request.cookies[ATTEMPT_COOKIE]);
    // Whatever comes of it, an attempt counts once.
    void reply.clearCookie(ATTEMPT_COOKIE, cookie);
    const answer = await comeBack(running(), { request, attempt, signOn });
    if (typeof answer === 'string') return back(reply, answer, attempt?.next);
    const { token, expiresAt } = answer;
    void reply.setCookie(SESSION_COOKIE, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure,
      expires: expiresAt,
    });
    return reply.redirect(`${consoleUrl}${attempt?.next ?? '/'}`);
  });
  for (const path of [SIGN_ON_PATH, SIGN_ON_CALLBACK]) refuseOtherMethods(server, path, ['GET']);
}

/** A path of the console; anything that could lead elsewhere becomes the inbox. */
function pathIn(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])[^\\\s]{0,500}$/.test(next) ? next : '/';
}

type Back = {
  readonly request: FastifyRequest;
  readonly attempt: SignOnAttempt | null;
  readonly signOn: SignOn;
};

async function comeBack(
  { engine, attempts }: Running,
  { request, attempt, signOn }: Back,
): Promise<SignOnProblem | { token: string; expiresAt: Date }> {
  const address = request.ip;
  if ((await attempts.spent('address', address)) !== null) return 'too-many';
  const refuse = async (problem: SignOnProblem): Promise<SignOnProblem> => {
    await attempts.count('address', address);
    return problem;
  };
  // Without a cookie there is nothing to guess, and any page can send a browser here: it must not use up the tries.
  if (attempt === null) return 'failed';
  const callback = new URL(signOn.redirectUri);
  callback.search = new URL(request.url, callback).search;
  let person: ProvenPerson;
  try {
    person = await signOn.provider.finish(callback, attempt);
  } catch (error) {
    engine.log.warn({ err: error }, 'a single sign-on was refused');
    return refuse('failed');
  }
  const userAgent = request.headers['user-agent'];
  const who = { kind: 'agent', id: person.subject, name: person.email ?? person.subject } as const;
  const input = { email: person.email, subject: person.subject, groups: person.groups };
  try {
    return await audited(engine, { who, what: 'session.signOn', input }, async (note) => {
      const admission = await admitPerson(engine, signOn.settings, person);
      if (admission.kind !== 'admitted') throw new NotAdmitted(admission.kind);
      const { _id: agentId, email, role } = admission.agent;
      note({ target: { kind: 'person', id: agentId, name: email }, after: { role, made: admission.made } });
      return startSession(engine.store, {
        agentId,
        now: engine.clock(),
        address,
        userAgent,
        signedOn: true,
      });
    });
  } catch (error) {
    if (error instanceof NotAdmitted) return refuse(error.why);
    throw error;
  }
}

/** The provider knows them, and Segue lets them not in. */
class NotAdmitted extends ApiError {
  constructor(readonly why: Exclude<Admission['kind'], 'admitted'>) {
    super('not_allowed', `Not admitted: ${why}`);
  }
}
