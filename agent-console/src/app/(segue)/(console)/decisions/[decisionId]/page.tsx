import type { Metadata } from 'next';
import { DecisionPage } from '../../../../../decision/decision-page';

export const metadata: Metadata = { title: 'Decision' };

type Props = { params: Promise<{ decisionId: string }> };

export default async function Page({ params }: Props): Promise<React.ReactNode> {
  return <DecisionPage decisionId={decodeURIComponent((await params).decisionId)} />;
}
