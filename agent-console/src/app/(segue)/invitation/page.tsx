import type { Metadata } from 'next';
import { InvitationPage } from '../../../people/invitation-page';

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

export default function Page(): React.ReactNode {
  return <InvitationPage />;
}
