import type { Metadata } from 'next';
import { SegmentsPage } from '../../../../segments/segments-page';

export const metadata: Metadata = { title: 'Segments' };

export default function Page(): React.ReactNode {
  return <SegmentsPage />;
}
