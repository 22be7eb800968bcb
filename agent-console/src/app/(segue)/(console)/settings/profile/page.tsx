import type { Metadata } from 'next';
import { ProfilePage } from '../../../../../profile/profile-page';

export const metadata: Metadata = { title: 'Your account' };

export default function Page(): React.ReactNode {
  return <ProfilePage />;
}
