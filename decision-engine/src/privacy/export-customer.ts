import type { Store } from '../store/store.js';
import type { PersonalCollection, Subject } from './personal-data.js';
import { PRIVACY_SCHEMA_VERSION, type PrivacyRequestDocument } from './privacy-documents.js';

/** How long an export can be fetched. */
export const EXPORT_DAYS = 7;
const DOCUMENTS_A_PART = 200;

/** What the numbers in an export mean (GDPR, article 15: "meaningful information about the logic involved"). */
const LOGIC = [
  'Segue keeps what you did and said (events), makes one profile of it (customers, identities), and chooses what to suggest',
  'to you or to the people who talk to you (decisions). A choice weighs how likely you are to say yes (propensity), what it is',
  'worth, and the moment; before that, rules, your consent and limits on how often you are contacted remove whatever must not',
  'be offered. Every decision holds all candidates, every rule that was run with its result, and the versions of rules and',
  'models. "churn" is the estimated chance that you stop coming, "expectedYear" what you are expected to spend in a year; models learn them from all histories.',
].join(' ');

function partId({ _id }: PrivacyRequestDocument, name: string, part: number): string {
  return `${_id}:${name}:${part}`;
}

/** Writes out what one collection holds of a customer, anew each time. @returns how many documents */
export async function exportCollection(
  store: Store,
  {
    request,
    collection: { name, handling },
    subject,
    now,
  }: {
    readonly request: PrivacyRequestDocument;
    readonly collection: PersonalCollection;
    readonly subject: Subject;
    readonly now: Date;
  },
): Promise<number> {
  if (handling.kind === 'none' || name === store.privacyExports.collection.name) return 0;
  await store.privacyExports.deleteMany({ requestId: request._id, collectionName: name });
  const expiresAt = new Date(now.getTime() + EXPORT_DAYS * 86_400_000);
  let written = 0;
  let part = 0;
  let waiting: string[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    await store.privacyExports.create({
      _id: partId(request, name, part),
      schemaVersion: PRIVACY_SCHEMA_VERSION,
      requestId: request._id,
      customerHash: request.customerHash,
      collectionName: name,
      part,
      json: waiting.join(','),
      expiresAt,
    });
    written += waiting.length;
    part += 1;
    waiting = [];
  };
  const documents = store.connection.collection(name);
  for (const filter of handling.filters(subject)) {
    for await (const document of documents.find(filter)) {
      waiting.push(JSON.stringify(document));
      if (waiting.length === DOCUMENTS_A_PART) await flush();
    }
  }
  await flush();
  return written;
}

/** An export as one text of JSON; null where it is not ready or forgotten. */
export async function readExport(store: Store, request: PrivacyRequestDocument): Promise<string | null> {
  if (request.kind !== 'export' || request.state !== 'done') return null;
  const parts = await store.privacyExports
    .find({ requestId: request._id })
    .sort({ collectionName: 1, part: 1 })
    .lean<{ collectionName: string; json: string }[]>();
  if (parts.length === 0) return null;
  const byName = new Map<string, string[]>();
  for (const { collectionName, json } of parts)
    byName.set(collectionName, [...(byName.get(collectionName) ?? []), json]);
  const collections = [...byName].map(([name, texts]) => `${JSON.stringify(name)}:[${texts.join(',')}]`);
  const head = {
    format: 1,
    kind: 'segue-customer',
    exportedAt: request.doneAt?.toISOString() ?? null,
    customerIds: request.customerIds,
    logic: LOGIC,
  };
  return `${JSON.stringify(head).slice(0, -1)},"collections":{${collections.join(',')}}}`;
}
