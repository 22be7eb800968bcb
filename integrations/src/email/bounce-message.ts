import { type ParsedMail, simpleParser } from 'mailparser';

/** What a mail server says it did with one of our messages, for one recipient (RFC 3464). */
export type BounceReport = {
  /** The Message-ID of ours it is about, with its angle brackets. */
  readonly messageId: string;
  readonly recipient: string;
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** RFC 3463: "5.1.1". */
  readonly status: string;
  /** The server's words. */
  readonly diagnostic: string;
};

/** A recipient called one of our messages spam, and their provider says so (RFC 5965). */
export type ComplaintReport = {
  /** The Message-ID of ours it is about, with its angle brackets. */
  readonly messageId: string;
  /** Null where the provider keeps it to itself. */
  readonly recipient: string | null;
  /** `abuse`, `fraud`, `opt-out` … */
  readonly feedbackType: string;
};

export type ReadBounce =
  | { readonly kind: 'reports'; readonly reports: readonly BounceReport[] }
  | { readonly kind: 'complaint'; readonly complaint: ComplaintReport }
  /** A mail, but no report on one of ours: an answer, an absence notice. */
  | { readonly kind: 'no-report' };

const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;

type Fields = ReadonlyMap<string, string>;

/** Groups of header-like fields, parted by blank lines; names in lower case. */
function fieldGroups(text: string): readonly Fields[] {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n\s*\n/)
    .map(
      (group) =>
        new Map(
          group.split('\n').flatMap((line): [string, string][] => {
            const colon = line.indexOf(':');
            return colon < 1
              ? []
              : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
          }),
        ),
    );
}

/** `rfc822; ada@example.com`, `smtp; 550 no such user`: what stands behind the type. */
function typed(field: string | undefined): string {
  const value = field ?? '';
  const semicolon = value.indexOf(';');
  return value.slice(semicolon + 1).trim();
}

function reportOf(fields: Fields, messageId: string): BounceReport[] {
  const recipient = typed(fields.get('original-recipient') ?? fields.get('final-recipient'));
  const said = fields.get('action')?.toLowerCase();
  const action = ACTIONS.find((each) => each === said);
  const status = /^[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0];
  if (recipient === '' || action === undefined || status === undefined) return [];
  return [{ messageId, recipient, action, status, diagnostic: typed(fields.get('diagnostic-code')) }];
}

const ABOUT_OURS: ReadonlySet<string> = new Set(['message/rfc822', 'text/rfc822-headers', 'message/global']);

/** Types of feedback that say no. `not-spam` says the opposite, `auth-failure` nothing of what anybody wants. */
const COMPLAINTS: ReadonlySet<string> = new Set(['abuse', 'fraud', 'opt-out', 'other', 'virus']);

function addressIn(field: string | undefined): string | null {
  return /[^\s<>,;"]+@[^\s<>,;"]+/.exec(field ?? '')?.[0] ?? null;
}

function parseReport(source: string): Promise<ParsedMail> {
  return simpleParser(source, {
    keepDeliveryStatus: true,
    skipTextToHtml: true,
    skipHtmlToText: true,
    skipImageLinks: true,
  });
}

/** Reads a mail that came back to the sender's mailbox. Anybody can write one: who takes it in checks that the message was ours. */
export async function readBounce(source: string): Promise<ReadBounce> {
  const mail = await parseReport(source);
  const partOf = (type: (contentType: string) => boolean): string =>
    mail.attachments.find(({ contentType }) => type(contentType))?.content.toString('utf8') ?? '';
  const [original] = fieldGroups(partOf((type) => ABOUT_OURS.has(type)));
  const messageId = /<[^<>\s]+>/.exec(original?.get('message-id') ?? '')?.[0];
  if (messageId === undefined) return { kind: 'no-report' };
  const [feedback] = fieldGroups(partOf((type) => type === 'message/feedback-report'));
  const feedbackType = feedback?.get('feedback-type')?.toLowerCase();
  if (feedbackType !== undefined) {
    if (!COMPLAINTS.has(feedbackType)) return { kind: 'no-report' };
    const recipient = addressIn(feedback?.get('original-rcpt-to') ?? original?.get('to'));
    return { kind: 'complaint', complaint: { messageId, recipient, feedbackType } };
  }
  const reports = fieldGroups(partOf((type) => type === 'message/delivery-status')).flatMap((fields) =>
    reportOf(fields, messageId),
  );
  return reports.length === 0 ? { kind: 'no-report' } : { kind: 'reports', reports };
}

/** Whether nobody will ever be reached there: the address is wrong (5.1.x), or refused for good without more said (5.0.x). */
export function isAddressGone({ action, status }: Pick<BounceReport, 'action' | 'status'>): boolean {
  return action === 'failed' && /^5\.[01]\./.test(status);
}
