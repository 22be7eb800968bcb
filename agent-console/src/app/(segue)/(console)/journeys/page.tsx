import type { Metadata } from 'next';
import { JourneysPage } from '../../../../journeys/journeys-page';

export const metadata: Metadata = { title: 'Journeys' };

export default function Page(): React.ReactNode {
  return <JourneysPage />;
}
