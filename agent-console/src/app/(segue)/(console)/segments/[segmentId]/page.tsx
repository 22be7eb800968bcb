import type { Metadata } from 'next';
import { SegmentPage } from '../../../../../segments/segment-page';

export const metadata: Metadata = { title: 'Segment' };

type Props = { params: Promise<{ segmentId: string }> };

export default async function Page({ params }: Props): Promise<React.ReactNode> {
  return <SegmentPage segmentId={decodeURIComponent((await params).segmentId)} />;
}
