import { type ApiKeyScope, permissionOfScope } from '../access/api-key-document.js';
import { keyInHeader } from '../access/api-keys.js';
import type { KnownOwner } from '../access/known-keys.js';
import { type Permission, permissionsIn, roleMay, rolesWith } from '../access/permissions.js';
import { isSessionToken, sessionOf } from '../access/sessions.js';
import type { AuditWho } from '../audit/audit-document.js';
import { ApiError } from './api-error.js';
import type { Running } from './running.js';
import type { AgentView } from './shapes/session.js';

export const SESSION_COOKIE = 'segue_session';
/** Of a help desk's sidebar: partitioned by the page around it. */
export const PLUGIN_COOKIE = 'segue_plugin';

/** Who is calling. */
export type Caller =
  | ({ readonly kind: 'app' } & KnownOwner)
  | {
      readonly kind: 'agent';
      readonly agent: AgentView;
      readonly token: string;
      /** The session is one of a help desk's sidebar. */
      readonly plugin: boolean;
    }
  | { readonly kind: 'nobody'; readonly why: string };

export type AgentCaller = Extract<Caller, { readonly kind: 'agent' }>;
export type KnownCaller = Exclude<Caller, { readonly kind: 'nobody' }>;

export type Credentials = {
  readonly authorization: string | undefined;
  readonly sessionToken: string | undefined;
  /** Segment's browser clients send the key in the body when they can't set a header. */
  readonly writeKey?: string | undefined;
};

/** Finds out who is calling: an API key counts before an agent's session. */
export async function identifyCaller(
  { engine, ownerOf }: Pick<Running, 'engine' | 'ownerOf'>,
  credentials: Credentials,
): Promise<Caller> {
  const key = keyInHeader(credentials.authorization) ?? credentials.writeKey ?? null;
  // The help desk's plugin sends its session's token itself: its cookies may be blocked.
  if (key !== null && !isSessionToken(key)) {
    const owner = await ownerOf(key);
    return owner === null ? { kind: 'nobody', why: 'This API key is not valid' } : { kind: 'app', ...owner };
  }
  const sessionToken = key ?? credentials.sessionToken;
  if (sessionToken === undefined)
    return { kind: 'nobody', why: 'Expected an API key or an agent session, got neither' };
  const session = await sessionOf(engine.store, sessionToken, engine.clock());
  if (session === null) return { kind: 'nobody', why: 'The session has ended: sign in again' };
  return { kind: 'agent', ...session, token: sessionToken };
}

/**
 * A person with this permission.
 * @throws ApiError `not_authenticated` for nobody, `not_allowed` for a key and for a role without it
 */
export function requirePermission(caller: Caller, needed: Permission): AgentCaller {
  if (caller.kind === 'nobody') throw new ApiError('not_authenticated', caller.why);
  if (caller.kind === 'app') throw new ApiError('not_allowed', 'Expected an agent session, got an API key');
  const { role } = caller.agent;
  if (permissionsIn(role, caller).includes(needed)) return caller;
  if (caller.plugin && roleMay(role, needed))
    throw new ApiError('not_allowed', `The sidebar of a help desk may not use "${needed}": open the console`);
  throw new ApiError(
    'not_allowed',
    `Expected a role with "${needed}" (${rolesWith(needed).join(', ')}), got ${role}`,
  );
}

/**
 * A key with this scope, or a person whose role may do the same.
 * @throws ApiError `not_authenticated` for nobody, `not_allowed` for a key or a role without it
 */
export function requireScope(caller: Caller, scope: ApiKeyScope): KnownCaller {
  if (caller.kind !== 'app') return requirePermission(caller, permissionOfScope(scope));
  if (caller.scopes.includes(scope)) return caller;
  throw new ApiError('not_allowed', `The API key "${caller.name}" has not the scope "${scope}"`);
}

/** How a decision's record names who asked for it. */
export function callerName(caller: KnownCaller): string {
  return caller.kind === 'app' ? `app:${caller.name}` : `agent:${caller.agent.agentId}`;
}

/** How the audit log names who changed something. */
export function auditWho(caller: KnownCaller): AuditWho {
  if (caller.kind === 'app') return { kind: 'app', id: caller.name, name: caller.name };
  const { agentId, name, email } = caller.agent;
  return { kind: 'agent', id: agentId, name: name === '' ? email : name };
}
