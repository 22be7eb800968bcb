import type { Metadata } from 'next';
import { ReviewPage } from '../../../../../../catalogue/review-page';

export const metadata: Metadata = { title: 'Draft' };

type Props = { params: Promise<{ draftId: string }> };

export default async function Page({ params }: Props): Promise<React.ReactNode> {
  return <ReviewPage draftId={decodeURIComponent((await params).draftId)} />;
}
