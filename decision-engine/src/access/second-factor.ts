import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Store } from '../store/store.js';
import type { AgentDocument } from './agent-document.js';
import { hashSecret } from './secrets.js';
import type { Vault } from './vault.js';

/** Where agents are, and what opens the secrets of their second factors. */
type Shell = { readonly store: Store; readonly vault: Vault };

const PERIOD_SECONDS = 30;
/** A phone's clock may be one period off. */
const WINDOW = 1;
const RECOVERY_CODES = 10;
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** RFC 6238 with what every app on a phone assumes: SHA-1, six digits, 30 seconds. */
function totpOf(secret: string, email: string): TOTP {
  return new TOTP({
    issuer: 'Segue',
    label: email,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
  });
}

/** `abcde-fghjk`: ten of 31 signs, 49 bits, which the limit on attempts keeps from being guessed. */
function newRecoveryCode(): string {
  let code = '';
  while (code.length < 10) {
    for (const byte of randomBytes(16)) {
      if (byte < ALPHABET.length * 8 && code.length < 10) code += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

function plain(code: string): string {
  return code.trim().toLowerCase().replace(/[\s-]/g, '');
}

export function hasSecondFactor(agent: Pick<AgentDocument, 'totp'>): boolean {
  return agent.totp !== undefined && agent.totp.confirmedAt !== null;
}

/**
 * Makes a secret for an agent's app. It is asked for only once {@link confirmSecondFactor} has seen a code of it.
 * @returns null where a second factor is on already
 */
export async function beginSecondFactor(
  { store, vault }: Shell,
  agentId: string,
): Promise<{ secret: string; uri: string } | null> {
  const secret = new Secret({ size: 20 }).base32;
  const agent = await store.agents
    .findOneAndUpdate(
      { _id: agentId, $or: [{ totp: { $exists: false } }, { 'totp.confirmedAt': null }] },
      {
        $set: {
          totp: { secret: vault.seal(secret, agentId), confirmedAt: null, usedStep: 0, recovery: [] },
        },
      },
    )
    .lean<AgentDocument | null>();
  return agent === null ? null : { secret, uri: totpOf(secret, agent.email).toString() };
}

/** The period a code belongs to, 0 where it isn't one of now. */
function stepOf({
  secret,
  code,
  email,
  now,
}: {
  secret: string;
  code: string;
  email: string;
  now: Date;
}): number {
  const given = plain(code);
  if (!/^\d{6}$/.test(given)) return 0;
  const timestamp = now.getTime();
  const delta = totpOf(secret, email).validate({ token: given, window: WINDOW, timestamp });
  return delta === null ? 0 : Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta;
}

/** @returns the recovery codes, shown this once; null where the code isn't right or nothing was begun */
export async function confirmSecondFactor(
  { store, vault }: Shell,
  { agentId, code, now }: { readonly agentId: string; readonly code: string; readonly now: Date },
): Promise<readonly string[] | null> {
  const agent = await store.agents.findById(agentId).lean<AgentDocument | null>();
  if (agent?.totp === undefined || agent.totp.confirmedAt !== null) return null;
  const { secret } = agent.totp;
  const step = stepOf({ secret: vault.open(secret, agentId), code, email: agent.email, now });
  if (step === 0) return null;
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  const recovery = codes.map((each) => hashSecret(plain(each)));
  const written = await store.agents.updateOne(
    { _id: agentId, 'totp.secret': secret, 'totp.confirmedAt': null },
    { $set: { totp: { secret, confirmedAt: now, usedStep: step, recovery } } },
  );
  return written.matchedCount === 1 ? codes : null;
}

/** Takes a code of the app, or a recovery code; each counts once. @returns whether it was right */
export async function takeSecondFactor(
  { store, vault }: Shell,
  { agent, code, now }: { readonly agent: AgentDocument; readonly code: string; readonly now: Date },
): Promise<boolean> {
  const { totp, email, _id } = agent;
  if (totp === undefined) return false;
  // A recovery code needs no key: it has to work where that is lost.
  const isOfApp = /^\d{6}$/.test(plain(code));
  const step = isOfApp ? stepOf({ secret: vault.open(totp.secret, _id), code, email, now }) : 0;
  if (step > 0) {
    const taken = await store.agents.updateOne(
      { _id, 'totp.usedStep': { $lt: step } },
      { $set: { 'totp.usedStep': step } },
    );
    return taken.modifiedCount === 1;
  }
  const hash = hashSecret(plain(code));
  const taken = await store.agents.updateOne(
    { _id, 'totp.recovery': hash },
    { $pull: { 'totp.recovery': hash } },
  );
  return taken.modifiedCount === 1;
}

export async function removeSecondFactor(store: Store, agentId: string): Promise<void> {
  await store.agents.updateOne({ _id: agentId }, { $unset: { totp: '' } });
}
