import type { Metadata } from 'next';
import { ChannelsPage } from '../../../../../channels/channels-page';

export const metadata: Metadata = { title: 'Channels' };

export default function Page(): React.ReactNode {
  return <ChannelsPage />;
}
