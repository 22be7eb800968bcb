import type { Metadata } from 'next';
import { JourneyPage } from '../../../../../journeys/journey-page';

export const metadata: Metadata = { title: 'Journey' };

type Props = { params: Promise<{ journeyId: string }> };

export default async function Page({ params }: Props): Promise<React.ReactNode> {
  return <JourneyPage journeyId={decodeURIComponent((await params).journeyId)} />;
}
