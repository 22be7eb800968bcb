import { KeyboardProvider } from '../../../keyboard/use-commands';
import { Shell } from '../../../shell/shell';

export default function ConsoleLayout({ children }: { children: React.ReactNode }): React.ReactNode {
  return (
    <KeyboardProvider>
      <Shell>{children}</Shell>
    </KeyboardProvider>
  );
}
