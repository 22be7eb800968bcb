import type { Metadata } from 'next';
import { ActionPage } from '../../../../../../catalogue/action-page';

export const metadata: Metadata = { title: 'Action' };

type Props = { params: Promise<{ actionId: string }> };

export default async function Page({ params }: Props): Promise<React.ReactNode> {
  return <ActionPage actionId={decodeURIComponent((await params).actionId)} />;
}
