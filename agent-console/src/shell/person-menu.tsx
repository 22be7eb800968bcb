'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Avatar } from '../design/avatar';
import { useSession } from '../session/session-provider';
import shell from './shell.module.css';

const load = () => import('./person-menu-content');
const PersonMenuContent = dynamic(() => load().then((module) => module.PersonMenuContent), { ssr: false });

type Props = { onHelp: () => void; className?: string | undefined; labelled?: boolean };

/** Who is signed in. The menu behind it is fetched when someone is about to open it. */
export function PersonMenu({ onHelp, className, labelled = false }: Props): React.ReactNode {
  const { session, signOut } = useSession();
  const [wanted, setWanted] = useState(false);
  if (session.state !== 'signed-in') return null;
  const { agent } = session;
  const button = (
    <button
      type="button"
      aria-haspopup="menu"
      className={className ?? shell.person}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={wanted ? undefined : () => void load().then(() => setWanted(true))}
    >
      <Avatar name={agent.name} size={labelled ? 20 : 28} />
      {labelled ? 'Me' : <span className="sr-only">{agent.name}, menu</span>}
    </button>
  );
  if (!wanted) return button;
  return (
    <PersonMenuContent onHelp={onHelp} agent={agent} signOut={signOut}>
      {button}
    </PersonMenuContent>
  );
}
