import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ModelPage } from '../../../../../models/model-page';
import { modelNameOf } from '../../../../../models/model-words';

export const metadata: Metadata = { title: 'Model' };

type Props = { params: Promise<{ model: string }> };

export default async function Page({ params }: Props): Promise<React.ReactNode> {
  const model = modelNameOf((await params).model);
  if (model === null) notFound();
  return <ModelPage model={model} />;
}
