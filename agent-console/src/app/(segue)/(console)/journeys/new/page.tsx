import type { Metadata } from 'next';
import { NewJourneyPage } from '../../../../../journeys/new-journey-page';

export const metadata: Metadata = { title: 'New journey' };

export default function Page(): React.ReactNode {
  return <NewJourneyPage />;
}
