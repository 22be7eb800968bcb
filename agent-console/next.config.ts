import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // The engine's sources are read for their types alone; nothing of it is bundled.
  typescript: { tsconfigPath: 'tsconfig.json' },
  experimental: { optimizePackageImports: ['radix-ui', 'lucide-react'] },
};

export default config;
