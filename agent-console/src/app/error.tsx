'use client';

import { Button } from '../design/button';
import { Empty } from '../design/empty';

type Props = { error: Error & { digest?: string }; retry: () => void };

export default function ErrorPage({ error, retry }: Props): React.ReactNode {
  return (
    <main style={{ display: 'grid', placeItems: 'center', minHeight: '100dvh' }}>
      <div>
        <h1 className="sr-only">Something broke</h1>
        <Empty
          title="This page broke"
          action={
            <Button size="small" onClick={retry}>
              Try again
            </Button>
          }
        >
          {error.message} What you typed into replies is kept.
        </Empty>
      </div>
    </main>
  );
}
