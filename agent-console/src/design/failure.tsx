'use client';

import { CloudOff } from 'lucide-react';
import { engineFailure, failureText, isPassing } from '../engine/engine-failure';
import { Button } from './button';
import { Empty } from './empty';

type Props = { error: unknown; what: string; onRetry: () => void };

/** Stands where something could not be read: what failed, why, and the way out. */
export function Failure({ error, what, onRetry }: Props): React.ReactNode {
  const failure = engineFailure(error);
  return (
    <div role="alert">
      <Empty
        icon={<CloudOff size={20} strokeWidth={1.5} />}
        title={`${what} could not be read`}
        action={
          isPassing(failure) || failure.kind === 'signed-out' ? (
            <Button size="small" onClick={onRetry}>
              Try again
            </Button>
          ) : undefined
        }
      >
        {failureText(failure)}
      </Empty>
    </div>
  );
}
