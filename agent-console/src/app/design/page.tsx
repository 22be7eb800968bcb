import type { Metadata } from 'next';
import { DesignPage } from '../../design/design-page';

export const metadata: Metadata = { title: 'Design' };

export default function Page(): React.ReactNode {
  return <DesignPage />;
}
