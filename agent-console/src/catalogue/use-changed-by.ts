'use client';

import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../engine/engine-provider';
import type { CatalogueChanges } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';

/** How many revisions are looked through; whoever changed it before that is not named. */
const LOOKED_THROUGH = 10;

/**
 * Who published the latest change of a part of the catalogue; null while nobody is found.
 * @param part names it for the memory; null asks nothing
 */
export function useChangedBy(
  part: string | null,
  touches: (changes: CatalogueChanges) => boolean,
): string | null {
  const { client } = useEngine();
  const found = useQuery({
    queryKey: queryKeys.changedBy(part ?? ''),
    enabled: part !== null,
    queryFn: async ({ signal }) => {
      const { items } = await client.catalogue.revisions.query({ limit: LOOKED_THROUGH }, { signal });
      for (const { revision, authorName } of items) {
        const changes = await client.catalogue.diff.query({ from: revision - 1, to: revision }, { signal });
        if (touches(changes)) return authorName;
      }
      return null;
    },
  });
  return part === null ? null : (found.data ?? null);
}
