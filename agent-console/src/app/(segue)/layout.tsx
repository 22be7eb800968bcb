import { SessionProvider } from '../../session/session-provider';

export default function SegueLayout({ children }: { children: React.ReactNode }): React.ReactNode {
  return <SessionProvider>{children}</SessionProvider>;
}
