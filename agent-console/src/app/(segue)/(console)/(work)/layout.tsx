import { Work } from '../../../../shell/work';

export default function WorkLayout({ children }: { children: React.ReactNode }): React.ReactNode {
  return <Work>{children}</Work>;
}
