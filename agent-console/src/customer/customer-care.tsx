'use client';

import { Avatar } from '../design/avatar';
import { Button } from '../design/button';
import { Tip } from '../design/tip';
import type { AssignedView } from '../engine/engine-types';
import { useAssign, useAssignment } from '../inbox/use-assignment';
import { hereWords, othersOf } from '../live/presence';
import { useViewers } from '../live/use-live';
import { useSession } from '../session/session-provider';
import { useMay } from '../session/use-may';
import styles from './customer-care.module.css';

/** Who looks at this customer besides, and who looks after them: two must not do the same. */
export function CustomerCare({ customerId }: { customerId: string }): React.ReactNode {
  const { session } = useSession();
  const agentId = session.state === 'signed-in' ? session.agent.agentId : '';
  const others = othersOf(useViewers().get(customerId), agentId);
  const names = others.map(({ name }) => name).join(', ');
  return (
    <div className={styles.care}>
      <span role="status" className="sr-only">
        {hereWords(others)}
      </span>
      {others.length === 0 ? null : (
        <Tip text={`${names} ${others.length === 1 ? 'has' : 'have'} this page open, too`} side="bottom">
          <button type="button" className={styles.viewers}>
            <span className="sr-only">Here, too: {names}</span>
            {others.slice(0, 3).map((viewer) => (
              <Avatar key={viewer.agentId} name={viewer.name} size={20} />
            ))}
          </button>
        </Tip>
      )}
      <Looked customerId={customerId} agentId={agentId} />
    </div>
  );
}

function Looked({ customerId, agentId }: { customerId: string; agentId: string }): React.ReactNode {
  const assigned = useAssignment(customerId);
  const assign = useAssign();
  const mayTake = useMay('decisions:answer');
  if (!mayTake) {
    return assigned === undefined || assigned === null ? null : (
      <span className={styles.words}>{assigned.name} looks after them</span>
    );
  }
  const change = (how: 'take' | 'takeOver' | 'release') => () => assign.mutate({ customerId, how });
  const { words, action, how } = wordsOf(assigned, agentId);
  return (
    <span className={styles.looked} data-known={assigned !== undefined}>
      {words === '' ? null : <span className={styles.words}>{words}</span>}
      <Button size="small" disabled={assign.isPending || assigned === undefined} onClick={change(how)}>
        {action}
      </Button>
    </span>
  );
}

function wordsOf(
  assigned: AssignedView | null | undefined,
  agentId: string,
): { words: string; action: string; how: 'take' | 'takeOver' | 'release' } {
  if (assigned === undefined || assigned === null) return { words: '', action: 'Take', how: 'take' };
  if (assigned.agentId === agentId) return { words: 'Yours', action: 'Let go', how: 'release' };
  return { words: `${assigned.name}’s`, action: 'Take over', how: 'takeOver' };
}
