/** One way to name a customer, as the engine takes it. */
export type Reference =
  | { readonly email: string }
  | { readonly phone: string }
  | { readonly userId: string }
  | { readonly externalId: string };

/** What the help desk shows now: who its agent talks to. Which agent that is, it may say, and we don't read it. */
export type HostContext = {
  /** Whom to look for, best first; empty where the host knows nothing of them. */
  readonly references: readonly Reference[];
  /** How the host calls them, to show while nobody is found. */
  readonly name: string | null;
  /** Whether the host takes words for its reply. */
  readonly takesText: boolean;
};

type Plain = Readonly<Record<string, unknown>>;

function object(value: unknown): Plain | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

function text(value: unknown, longest = 320): string | null {
  const trimmed = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
  return trimmed === '' || trimmed.length > longest ? null : trimmed;
}

type Named = { email?: unknown; phone?: unknown; userId?: unknown; externalId?: unknown };

function referencesOf({ email, phone, userId, externalId }: Named): Reference[] {
  const given = {
    userId: text(userId),
    email: text(email),
    phone: text(phone, 64),
    externalId: text(externalId),
  };
  return [
    ...(given.userId === null ? [] : [{ userId: given.userId }]),
    ...(given.email === null || given.email.length < 3 ? [] : [{ email: given.email }]),
    ...(given.phone === null || given.phone.length < 3 ? [] : [{ phone: given.phone }]),
    ...(given.externalId === null ? [] : [{ externalId: given.externalId }]),
  ];
}

/** Chatwoot's `appContext`: a JSON text with the contact of the open conversation. Its `currentAgent` is not read. */
function chatwootContext(message: Plain): HostContext | null {
  if (message['event'] !== 'appContext') return null;
  const data = object(message['data']);
  const contact = object(data?.['contact']);
  const sender = object(object(object(data?.['conversation'])?.['meta'])?.['sender']);
  // The sender is the one of this conversation; a contact that lags behind a quick switch is not asked first.
  const who = sender ?? contact ?? {};
  return {
    references: referencesOf({ userId: who['identifier'], email: who['email'], phone: who['phone_number'] }),
    name: text(who['name']),
    takesText: false,
  };
}

/** Our own message, sent by the script for any page and by the Zendesk app. */
function segueContext(message: Plain): HostContext | null {
  if (message['type'] !== 'segue:context' || message['version'] !== 1) return null;
  const customer = object(message['customer']) ?? {};
  return {
    references: referencesOf(customer),
    name: text(customer['name']),
    takesText: message['takesText'] === true,
  };
}

/** What a message of the host says; null for whatever is none of ours. Chatwoot sends text, the others objects. */
export function readHostMessage(data: unknown): HostContext | null {
  let message: Plain | null;
  try {
    message = typeof data === 'string' ? object(JSON.parse(data)) : object(data);
  } catch {
    return null;
  }
  return message === null ? null : (chatwootContext(message) ?? segueContext(message));
}
