import '@fontsource-variable/inter/index.css';
import '../design/tokens.css';
import '../design/base.css';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { currentConfig } from '../config';
import { engineAddress } from '../engine/engine-address';
import { EngineProvider } from '../engine/engine-provider';
import { pageAddress } from '../engine/page-address';
import { THEME_SCRIPT } from '../shell/theme';

export const metadata: Metadata = {
  title: { default: 'Segue', template: '%s · Segue' },
  description: 'What to do next for each customer, and why.',
  robots: { index: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f7f5' },
    { media: '(prefers-color-scheme: dark)', color: '#111110' },
  ],
};

export default async function RootLayout({
  children,
}: {
  children: React.ReactNode;
}): Promise<React.ReactNode> {
  const given = await headers();
  const address = engineAddress(currentConfig(), pageAddress(given));
  return (
    // The script below sets the theme before React looks.
    <html lang="en" suppressHydrationWarning>
      <head>
        <script nonce={given.get('x-nonce') ?? undefined} suppressHydrationWarning>
          {THEME_SCRIPT}
        </script>
      </head>
      <body>
        <EngineProvider address={address}>{children}</EngineProvider>
      </body>
    </html>
  );
}
