import type { Metadata } from 'next';
import { PluginSignInPage } from '../../../../embed/plugin-sign-in-page';

export const metadata: Metadata = { title: 'Sign in' };

export default function Page(): React.ReactNode {
  return <PluginSignInPage />;
}
