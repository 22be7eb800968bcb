import { hash, verify } from '@node-rs/argon2';
import type { AgentView } from '../api/shapes/session.js';
import type { Store } from '../store/store.js';
import { AGENT_SCHEMA_VERSION, type AgentDocument } from './agent-document.js';

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. argon2id is the library's default algorithm. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function agentViewOf(agent: AgentDocument): AgentView {
  return { agentId: agent._id, email: agent.email, name: agent.name, role: agent.role };
}

export type NewAgent = Omit<AgentView, 'email'> & {
  readonly email: string;
  readonly password: string;
  readonly createdAt: Date;
};

/** @returns false when an agent with this e-mail exists: nothing is changed then */
export async function createAgent(store: Store, agent: NewAgent): Promise<boolean> {
  const passwordHash = await hash(agent.password, ARGON2);
  const written = await store.agents.updateOne(
    { email: agent.email.toLowerCase() },
    {
      $setOnInsert: {
        _id: agent.agentId,
        schemaVersion: AGENT_SCHEMA_VERSION,
        name: agent.name,
        role: agent.role,
        passwordHash,
        createdAt: agent.createdAt,
      },
    },
    { upsert: true },
  );
  return written.upsertedCount === 1;
}

/** A hash nobody has the password of: checking against it makes an unknown e-mail take as long as a known one. */
const NOBODY = hash('there is no such agent', ARGON2);

/** @returns the agent, or null where e-mail or password is wrong (which of them isn't told) */
export async function checkPassword(
  store: Store,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<AgentDocument | null> {
  const agent = await store.agents
    .findOne({ email: email.trim().toLowerCase() })
    .lean<AgentDocument | null>();
  const isRight = await verify(agent?.passwordHash ?? (await NOBODY), password);
  return isRight && agent?.deactivatedAt === undefined ? agent : null;
}

/** Whether this is the password of a known agent, for what is worth asking twice. */
export async function isPasswordOf(store: Store, agentId: string, password: string): Promise<boolean> {
  const agent = await store.agents.findById(agentId).lean<AgentDocument | null>();
  return agent !== null && (await verify(agent.passwordHash, password));
}

/** @returns the id of the agent whose password it is now; null when nobody has this address */
export async function setPassword(
  store: Store,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<string | null> {
  const agent = await store.agents
    .findOneAndUpdate(
      { email: email.trim().toLowerCase() },
      { $set: { passwordHash: await hash(password, ARGON2) } },
    )
    .lean<AgentDocument | null>();
  return agent?._id ?? null;
}
