import type { Metadata } from 'next';
import { DecisionLogPage } from '../../../../decision-log/decision-log-page';

export const metadata: Metadata = { title: 'Decisions' };

export default function Page(): React.ReactNode {
  return <DecisionLogPage />;
}
