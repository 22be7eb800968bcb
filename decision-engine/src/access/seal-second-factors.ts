import type { Store } from '../store/store.js';
import type { AgentDocument } from './agent-document.js';
import { isSealed, type Vault } from './vault.js';

/** Seals the secrets of second factors that are from before there was a vault. Repeating it changes nothing. @returns how many */
export async function sealSecondFactors({ agents }: Pick<Store, 'agents'>, vault: Vault): Promise<number> {
  const people = await agents.find({ totp: { $exists: true } }).lean<AgentDocument[]>();
  let sealed = 0;
  for (const { _id, totp } of people) {
    if (totp === undefined || isSealed(totp.secret)) continue;
    const written = await agents.updateOne(
      { _id, 'totp.secret': totp.secret },
      { $set: { 'totp.secret': vault.seal(totp.secret, _id) } },
    );
    sealed += written.modifiedCount;
  }
  return sealed;
}
