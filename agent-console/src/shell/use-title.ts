'use client';

import { useEffect } from 'react';

/** Names the browser's tab after what is open. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Segue`;
  }, [title]);
}
