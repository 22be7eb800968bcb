'use client';

import { Check, CircleUser, Keyboard, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { classNames } from '../design/class-names';
import float from '../design/float.module.css';
import { Kbd } from '../design/kbd';
import { Link } from '../design/link';
import type { AgentView } from '../engine/engine-types';
import styles from './person-menu.module.css';
import { chooseTheme, readTheme, type Theme } from './theme';

const THEMES: ReadonlyArray<{ value: Theme; label: string; icon: React.ReactNode }> = [
  { value: 'system', label: 'As the system', icon: <Monitor size={16} strokeWidth={1.6} /> },
  { value: 'light', label: 'Light', icon: <Sun size={16} strokeWidth={1.6} /> },
  { value: 'dark', label: 'Dark', icon: <Moon size={16} strokeWidth={1.6} /> },
];

type Props = {
  onHelp: () => void;
  agent: AgentView;
  signOut: () => Promise<void>;
  /** The button it opens from. */
  children: React.ReactNode;
};

/** What an agent can set for themselves, open as soon as it is there. */
export function PersonMenuContent({ onHelp, agent, signOut, children }: Props): React.ReactNode {
  const [theme, setTheme] = useState<Theme>(readTheme);
  return (
    <DropdownMenu.Root defaultOpen onOpenChange={(open) => (open ? setTheme(readTheme()) : undefined)}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          side="right"
          align="end"
          sideOffset={10}
          collisionPadding={8}
          className={classNames(float.float, styles.menu)}
        >
          <div className={styles.who}>
            <span className={styles.name}>{agent.name}</span>
            <span className={styles.email}>{agent.email}</span>
          </div>
          <DropdownMenu.Separator className={float.separator} />
          <DropdownMenu.Label className={float.title}>Theme</DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={theme}>
            {THEMES.map(({ value, label, icon }) => (
              <DropdownMenu.RadioItem
                key={value}
                value={value}
                className={float.item}
                onSelect={() => {
                  setTheme(value);
                  chooseTheme(value);
                }}
              >
                {icon}
                <span className={float.itemText}>{label}</span>
                <DropdownMenu.ItemIndicator>
                  <Check size={14} />
                </DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className={float.separator} />
          <DropdownMenu.Item className={float.item} asChild>
            <Link href="/settings/profile">
              <CircleUser size={16} strokeWidth={1.6} />
              <span className={float.itemText}>Your account</span>
            </Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item className={float.item} onSelect={onHelp}>
            <Keyboard size={16} strokeWidth={1.6} />
            <span className={float.itemText}>Keyboard</span>
            <Kbd>?</Kbd>
          </DropdownMenu.Item>
          <DropdownMenu.Item className={float.item} onSelect={() => void signOut()}>
            <LogOut size={16} strokeWidth={1.6} />
            <span className={float.itemText}>Sign out</span>
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
