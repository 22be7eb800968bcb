import type { Metadata } from 'next';
import { CustomerPage } from '../../../../../../customer/customer-page';

export const metadata: Metadata = { title: 'Customer' };

type Props = { params: Promise<{ customerId: string }> };

export default async function Page({ params }: Props): Promise<React.ReactNode> {
  const customerId = decodeURIComponent((await params).customerId);
  return <CustomerPage key={customerId} customerId={customerId} />;
}
