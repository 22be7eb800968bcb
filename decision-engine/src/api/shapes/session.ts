import { z } from 'zod';

export const AGENT_ROLES = ['agent', 'lead', 'marketer', 'data-scientist', 'admin'] as const;

export const agentView = z.object({
  agentId: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(AGENT_ROLES),
});
export type AgentView = z.infer<typeof agentView>;

export const signInRequest = z.strictObject({
  email: z.string().min(3).max(320),
  password: z.string().min(1).max(1024),
});
