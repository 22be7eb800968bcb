'use client';

import { Mail } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../design/button';
import type { SendByEmailPanel } from './send-by-email-panel';

const load = () => import('./send-by-email-panel');

type Props = { decisionId: string; actionId: string };

/** Sends the suggestion's own e-mail. What opens is fetched when someone is about to open it. */
export function SendByEmail({ decisionId, actionId }: Props): React.ReactNode {
  // Kept as it comes, without suspending: the button must not go away while the page waits.
  const [Panel, setPanel] = useState<typeof SendByEmailPanel | null>(null);
  const open = (): void => {
    load().then(
      (module) => setPanel(() => module.SendByEmailPanel),
      // Not there, as the page says elsewhere: the next press tries again.
      () => undefined,
    );
  };
  const button = (
    <Button
      look="quiet"
      size="small"
      aria-haspopup="dialog"
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={Panel === null ? open : undefined}
    >
      <Mail size={13} />
      E-mail
    </Button>
  );
  if (Panel === null) return button;
  return (
    <Panel decisionId={decisionId} actionId={actionId}>
      {button}
    </Panel>
  );
}
