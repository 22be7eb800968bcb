import type { Metadata } from 'next';
import { HistoryPage } from '../../../../../catalogue/history-page';

export const metadata: Metadata = { title: 'History of the catalogue' };

export default function Page(): React.ReactNode {
  return <HistoryPage />;
}
