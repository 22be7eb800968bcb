import { SettingsFrame } from '../../../../shell/settings-frame';

export default function SettingsLayout({ children }: { children: React.ReactNode }): React.ReactNode {
  return <SettingsFrame>{children}</SettingsFrame>;
}
