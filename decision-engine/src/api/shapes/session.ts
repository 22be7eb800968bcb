import { z } from 'zod';
import { AGENT_ROLES, permission } from '../../access/permissions.js';

export const agentView = z.object({
  agentId: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(AGENT_ROLES),
});
export type AgentView = z.infer<typeof agentView>;

/** Who is signed in, and what they may do. */
export const sessionView = z.object({ agent: agentView, permissions: z.array(permission).readonly() });
export type SessionView = z.infer<typeof sessionView>;

export const signInRequest = z.strictObject({
  email: z.string().min(3).max(320),
  password: z.string().min(1).max(1024),
  /** Of the second factor, where the account has one. */
  code: z.string().min(1).max(40).optional(),
});
