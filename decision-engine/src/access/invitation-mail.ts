import { RetryableSendError } from '@segue/integrations';
import type { EngineChannel } from '../channels/channel-registry.js';
import type { InvitationDocument } from './invitation-document.js';

export type Emailed = { readonly sent: boolean; readonly detail: string };

/** Where the link of an invitation leads. The token stands behind the `#`, which no server is sent and no log keeps. */
function invitationLink(consoleUrl: string, token: string): string {
  return `${new URL(consoleUrl).origin}/invitation#${token}`;
}

/** Sends an invitation by e-mail, where that is configured. It isn't tried again: the admin has the link, too. */
export async function mailInvitation(
  email: EngineChannel | null,
  {
    invitation,
    token,
    consoleUrl,
    from,
  }: {
    readonly invitation: InvitationDocument;
    readonly token: string;
    readonly consoleUrl: string;
    /** Who invites. */
    readonly from: string;
  },
): Promise<Emailed> {
  if (email === null || !email.state.configured)
    return { sent: false, detail: 'E-mail is not configured: pass the link on yourself.' };
  const days = Math.round((invitation.expiresAt.getTime() - invitation.createdAt.getTime()) / 86_400_000);
  try {
    const result = await email.channel.send({
      deliveryId: `invitation-${invitation._id.slice(0, 16)}`,
      to: invitation.email,
      subject: `${from} invites you to Segue`,
      text: [
        `Hello ${invitation.name},`,
        '',
        `${from} has made a place for you in Segue. Choose a password here, within ${days} days:`,
        invitationLink(consoleUrl, token),
        '',
        'The link works once. If you did not expect it, leave it alone.',
      ].join('\n'),
    });
    return result.status === 'sent'
      ? { sent: true, detail: `Sent to ${invitation.email}.` }
      : { sent: false, detail: `Not sent (${result.reason}): pass the link on yourself.` };
  } catch (error) {
    if (!(error instanceof RetryableSendError)) throw error;
    return { sent: false, detail: `Not sent (${error.message}): pass the link on yourself.` };
  }
}
