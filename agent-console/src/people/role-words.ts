import type { AgentView } from '../engine/engine-types';

export type Role = AgentView['role'];

export const ROLES: readonly { value: Role; label: string; may: string }[] = [
  { value: 'agent', label: 'Agent', may: 'talks to customers and answers suggestions' },
  { value: 'lead', label: 'Lead', may: 'what an agent may, and sees plans, results and stuck messages' },
  { value: 'marketer', label: 'Marketer', may: 'changes actions, rules, journeys, segments and experiments' },
  {
    value: 'data-scientist',
    label: 'Data scientist',
    may: 'promotes models, simulates drafts, runs experiments',
  },
  { value: 'admin', label: 'Admin', may: 'everything, people and keys included' },
];

export function roleWords(role: Role): string {
  return ROLES.find(({ value }) => value === role)?.label ?? role;
}
