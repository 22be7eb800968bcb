'use client';

import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../engine/engine-provider';
import type { ConditionFieldsView } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import type { FieldType } from './operators';

export type ConditionField = ConditionFieldsView['items'][number];

const NONE: readonly ConditionField[] = [];

/** The fields a condition may name, as the engine knows them. */
export function useConditionFields(): readonly ConditionField[] {
  const { client } = useEngine();
  const query = useQuery({
    queryKey: queryKeys.conditionFields,
    queryFn: async ({ signal }) => (await client.segment.fields.query(undefined, { signal })).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return query.data ?? NONE;
}

/** What a field holds: as the engine says, else what its name tells. */
export function typeOfField(path: string, fields: readonly ConditionField[]): FieldType {
  const known = fields.find((field) => field.path === path);
  if (known !== undefined) return known.type;
  if (path.startsWith('features.')) return 'number';
  return path.startsWith('consent.') ? 'text' : 'any';
}
