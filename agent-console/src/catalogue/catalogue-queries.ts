import { queryOptions } from '@tanstack/react-query';
import type { Engine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';

type Source = Pick<Engine, 'client'>;

/** The catalogue in force. */
export const catalogueQuery = ({ client }: Source) =>
  queryOptions({
    queryKey: queryKeys.catalogue,
    queryFn: ({ signal }) => client.catalogue.get.query(undefined, { signal }),
  });

/** Every draft of the catalogue, the one changed last first. */
export const draftsQuery = ({ client }: Source) =>
  queryOptions({
    queryKey: queryKeys.drafts,
    queryFn: ({ signal }) => client.catalogue.drafts.query(undefined, { signal }),
  });
