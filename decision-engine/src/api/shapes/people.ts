import { z } from 'zod';
import { API_KEY_SCOPES } from '../../access/api-key-document.js';
import { newPasswordShape } from '../../access/password-rule.js';
import { AGENT_ROLES } from '../../access/permissions.js';

const id = z.string().min(1).max(64);
const name = z.string().trim().min(1).max(100);
const role = z.enum(AGENT_ROLES);

export const personView = z.object({
  agentId: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  createdAt: z.iso.datetime(),
  /** Null while they may come in. */
  deactivatedAt: z.iso.datetime().nullable(),
  secondFactor: z.boolean(),
  /** How many sessions are open, and when one was last used; null = none. */
  sessions: z.number().int(),
  seenAt: z.iso.datetime().nullable(),
});
export type PersonView = z.infer<typeof personView>;

export const invitationView = z.object({
  email: z.string(),
  name: z.string(),
  role,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type InvitationView = z.infer<typeof invitationView>;

export const inviteRequest = z.strictObject({
  email: z.email().max(320),
  name,
  role,
  /** Where the console is, for the link in an e-mail: the address the admin sees. */
  consoleUrl: z.url({ protocol: /^https?$/ }).max(300),
});
export const personQuery = z.strictObject({ agentId: id });
export const invitationQuery = z.strictObject({ email: z.string().min(3).max(320) });
export const setRoleRequest = z.strictObject({ agentId: id, role });

export const tokenQuery = z.strictObject({ token: z.string().min(1).max(100) });
export const acceptRequest = z.strictObject({
  token: z.string().min(1).max(100),
  name,
  password: newPasswordShape,
});

export const ownSessionView = z.object({
  sessionId: z.string(),
  kind: z.enum(['console', 'plugin']),
  current: z.boolean(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  seenAt: z.iso.datetime().nullable(),
  userAgent: z.string().nullable(),
  address: z.string().nullable(),
});
export type OwnSessionView = z.infer<typeof ownSessionView>;

export const profileView = z.object({
  secondFactor: z.object({ on: z.boolean(), recoveryCodesLeft: z.number().int() }),
  sessions: z.array(ownSessionView),
});
export type ProfileView = z.infer<typeof profileView>;

export const changePasswordRequest = z.strictObject({
  password: z.string().min(1).max(1024),
  newPassword: newPasswordShape,
});
export const codeRequest = z.strictObject({ code: z.string().min(1).max(40) });
export const passwordRequest = z.strictObject({ password: z.string().min(1).max(1024) });
export const sessionQuery = z.strictObject({ sessionId: z.string().min(1).max(64) });

export const apiKeyView = z.object({
  keyId: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(API_KEY_SCOPES)),
  createdAt: z.iso.datetime(),
  createdBy: z.string().nullable(),
  usedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type ApiKeyView = z.infer<typeof apiKeyView>;

export const newKeyRequest = z.strictObject({
  name,
  scopes: z.array(z.enum(API_KEY_SCOPES)).min(1).max(API_KEY_SCOPES.length),
});
export const keyQuery = z.strictObject({ keyId: z.string().min(1).max(64) });
