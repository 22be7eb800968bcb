'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { useEngine } from '../engine/engine-provider';
import type { CatalogueDraft, CatalogueRevision, DraftCheck } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import { type Problem, problemOf } from '../form/problems';
import { clockWords, dayWords } from '../time/wall-time';
import { catalogueQuery, draftsQuery } from './catalogue-queries';

/** Actions, policies and segments as plain data: a draft may hold anything. */
export type Content = {
  readonly actions: readonly Readonly<Record<string, unknown>>[];
  readonly policies: Readonly<Record<string, unknown>>;
  readonly segments: readonly Readonly<Record<string, unknown>>[];
};

export type Catalogue = {
  readonly content: Content;
  /** Null: what is in force is shown. */
  readonly draft: Omit<CatalogueDraft, 'content'> | null;
  /** Null while a draft is shown. */
  readonly revision: Omit<CatalogueRevision, 'content'> | null;
};

/** The draft that the address names; null where it names none. */
export function useDraftId(): string | null {
  return useSearchParams().get('draft');
}

function contentOf(stored: { actions?: unknown; policies?: unknown; segments?: unknown }): Content {
  const objects = (value: unknown): Readonly<Record<string, unknown>>[] =>
    Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : [];
  const policies = typeof stored.policies === 'object' && stored.policies !== null ? stored.policies : {};
  return {
    actions: objects(stored.actions),
    policies: policies as Readonly<Record<string, unknown>>,
    segments: objects(stored.segments),
  };
}

/** The catalogue in force, or the draft that the address names. */
export function useCatalogue(draftId: string | null) {
  const engine = useEngine();
  const { client } = engine;
  const inForce = useQuery({ ...catalogueQuery(engine), enabled: draftId === null });
  const draft = useQuery({
    queryKey: queryKeys.draft(draftId ?? ''),
    queryFn: ({ signal }) => client.catalogue.draft.query({ draftId: draftId ?? '' }, { signal }),
    enabled: draftId !== null,
  });
  const query = draftId === null ? inForce : draft;
  const data = useMemo<Catalogue | undefined>(() => {
    if (draftId === null) {
      return inForce.data === undefined
        ? undefined
        : { content: contentOf(inForce.data.content), draft: null, revision: inForce.data };
    }
    return draft.data === undefined
      ? undefined
      : { content: contentOf(draft.data.content), draft: draft.data, revision: null };
  }, [draftId, inForce.data, draft.data]);
  return { data, isError: query.isError, error: query.error, retry: () => void query.refetch() };
}

/** Every draft, the one changed last first. */
export function useDrafts() {
  return useQuery(draftsQuery(useEngine()));
}

/** What publishing a draft would do, and what is wrong with it. */
export function useDraftCheck(draftId: string | null) {
  const { client } = useEngine();
  return useQuery({
    queryKey: queryKeys.draftCheck(draftId ?? ''),
    queryFn: ({ signal }) => client.catalogue.checkDraft.query({ draftId: draftId ?? '' }, { signal }),
    enabled: draftId !== null,
  });
}

/** The engine's messages of a check, split into where and what. */
export function useProblems(check: DraftCheck | undefined): readonly Problem[] {
  return useMemo(() => check?.problems.map(problemOf) ?? [], [check]);
}

/** Saves content into the draft that is shown; where none is, begins one and goes on in it. */
export function useSaveContent({ draft, revision }: Catalogue) {
  const { client } = useEngine();
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: ({ actions, policies, segments }: Content) => {
      const content = { actions: [...actions], policies: { ...policies }, segments: [...segments] };
      return draft === null
        ? client.catalogue.createDraft.mutate({
            name: draftName(new Date()),
            content,
            // What was looked at: where more was published meanwhile, the draft says so before it is published.
            ...(revision === null ? {} : { basedOn: revision.revision }),
          })
        : client.catalogue.saveDraft.mutate({ draftId: draft.draftId, version: draft.version, content });
    },
    onSuccess: async (saved) => {
      queryClient.setQueryData(queryKeys.draft(saved.draftId), saved);
      await queryClient.invalidateQueries({ queryKey: queryKeys.drafts });
      await queryClient.invalidateQueries({ queryKey: queryKeys.draftCheck(saved.draftId) });
      if (draft === null) router.replace(`${window.location.pathname}?draft=${saved.draftId}`);
    },
  });
}

function draftName(now: Date): string {
  return `Changes of ${dayWords(now)}, ${clockWords(now)}`;
}

/** Everything of the catalogue is read anew: it was published, rolled back or thrown away. */
export function useCatalogueMoved(): (gone?: { readonly draftId: string }) => Promise<void> {
  const queryClient = useQueryClient();
  return (gone) =>
    queryClient.invalidateQueries({
      queryKey: queryKeys.catalogue,
      // What a draft that is gone held is not asked for again by the page that is being left.
      predicate: ({ queryKey }) => gone === undefined || !queryKey.includes(gone.draftId),
    });
}
