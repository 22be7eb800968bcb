import type { Metadata } from 'next';
import { CataloguePage } from '../../../../catalogue/catalogue-page';

export const metadata: Metadata = { title: 'Catalogue' };

export default function Page(): React.ReactNode {
  return <CataloguePage />;
}
