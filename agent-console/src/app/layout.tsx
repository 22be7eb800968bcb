import '@fontsource-variable/inter/index.css';
import '../design/tokens.css';
import '../design/base.css';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { currentConfig } from '../config';
import { earlyReads } from '../early/early-reads';
import { earlyRequests, earlyScript } from '../early/early-script';
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
  const asked = earlyRequests(address, earlyReads(given.get('x-address') ?? '/sign-in', Date.now()));
  return (
    // The script below sets the theme before React looks.
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* The script has to wait for the styles before it; what it only reads is under way before that. */}
        {asked.map(({ url, body }) =>
          body === undefined ? (
            <link key={url} rel="preload" as="fetch" href={url} crossOrigin="use-credentials" />
          ) : null,
        )}
        <script nonce={given.get('x-nonce') ?? undefined} suppressHydrationWarning>
          {THEME_SCRIPT}
        </script>
        {asked.length === 0 ? null : (
          <script
            nonce={given.get('x-nonce') ?? undefined}
            suppressHydrationWarning
            // React would escape quotes and signs of a text; what is in it can't end the script.
            // biome-ignore lint/security/noDangerouslySetInnerHtml: our own text, and JSON without "<"
            dangerouslySetInnerHTML={{ __html: earlyScript(asked) }}
          />
        )}
      </head>
      <body>
        <EngineProvider address={address}>{children}</EngineProvider>
      </body>
    </html>
  );
}
