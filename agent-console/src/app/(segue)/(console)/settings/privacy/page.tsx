import type { Metadata } from 'next';
import { PrivacyPage } from '../../../../../privacy/privacy-page';

export const metadata: Metadata = { title: 'Privacy requests' };

export default function Page(): React.ReactNode {
  return <PrivacyPage />;
}
