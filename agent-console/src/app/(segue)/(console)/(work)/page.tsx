import type { Metadata } from 'next';
import { NoneOpen } from '../../../../inbox/none-open';

export const metadata: Metadata = { title: 'Inbox' };

export default function Page(): React.ReactNode {
  return <NoneOpen />;
}
