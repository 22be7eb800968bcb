import type { Metadata } from 'next';
import { ExperimentsPage } from '../../../../experiments/experiments-page';

export const metadata: Metadata = { title: 'Experiments' };

export default function Page(): React.ReactNode {
  return <ExperimentsPage />;
}
