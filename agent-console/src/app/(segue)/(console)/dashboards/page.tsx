import type { Metadata } from 'next';
import { DashboardsPage } from '../../../../dashboards/dashboards-page';

export const metadata: Metadata = { title: 'Dashboards' };

export default function Page(): React.ReactNode {
  return <DashboardsPage />;
}
