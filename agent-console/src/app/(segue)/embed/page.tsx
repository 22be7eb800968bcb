import type { Metadata } from 'next';
import { connection } from 'next/server';
import { currentConfig } from '../../../config';
import { EmbedPage } from '../../../embed/embed-page';

export const metadata: Metadata = { title: 'Next action' };

export default async function Page(): Promise<React.ReactNode> {
  // The settings are those of the running process, not of the build.
  await connection();
  return <EmbedPage origins={currentConfig().embedOrigins} />;
}
