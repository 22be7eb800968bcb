import type { Metadata } from 'next';
import { OutboxPage } from '../../../../outbox/outbox-page';

export const metadata: Metadata = { title: 'Outbox' };

export default function Page(): React.ReactNode {
  return <OutboxPage />;
}
