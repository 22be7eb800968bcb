'use client';

import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';

/**
 * Reads something again because it changed. An answer that was already on its way may have been read before the change,
 * so another follows it; calls in a burst become one more read, and none of them is cut off.
 */
export function useRefresh(queryKey: QueryKey): () => void {
  const queryClient = useQueryClient();
  const state = useRef({ running: false, again: false });
  const name = JSON.stringify(queryKey);
  return useCallback(() => {
    const current = state.current;
    current.again = true;
    if (current.running) return;
    const key: QueryKey = JSON.parse(name);
    const run = async (): Promise<void> => {
      current.running = true;
      while (current.again) {
        current.again = queryClient.isFetching({ queryKey: key }) > 0;
        await queryClient.invalidateQueries({ queryKey: key }, { cancelRefetch: false });
      }
      current.running = false;
    };
    void run();
  }, [name, queryClient]);
}
