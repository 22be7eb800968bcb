'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useState } from 'react';

type Filter<Name extends string> = Readonly<Record<Name, string>>;
/** A `step` is one that “back” undoes; `typing` changes the address in place. */
type Set<Name extends string> = (change: Partial<Filter<Name>>, how: 'step' | 'typing') => void;

/** Filters of a list that stand in the address: they can be sent to a colleague, and “back” undoes them. Empty ones are not written. */
export function useAddressFilter<Name extends string>(names: readonly Name[]): [Filter<Name>, Set<Name>] {
  const told = useSearchParams().toString();
  const [search, setSearch] = useState(told);
  // Next tells of an address some time after it changed; a field that waited for that would lose letters typed meanwhile.
  useEffect(() => {
    if (told === new URLSearchParams(window.location.search).toString()) setSearch(told);
  }, [told]);
  const filter = useMemo(() => {
    const params = new URLSearchParams(search);
    return Object.fromEntries(names.map((name) => [name, params.get(name) ?? ''])) as Record<Name, string>;
  }, [names, search]);
  const set = useCallback<Set<Name>>(
    (change, how) => {
      const next = new URLSearchParams(window.location.search);
      for (const name of names) {
        const value = change[name];
        if (value === undefined) continue;
        if (value === '') next.delete(name);
        else next.set(name, value);
      }
      const text = next.toString();
      setSearch(text);
      const address = text === '' ? window.location.pathname : `?${text}`;
      if (how === 'step') window.history.pushState(null, '', address);
      else window.history.replaceState(null, '', address);
    },
    [names],
  );
  return [filter, set];
}
