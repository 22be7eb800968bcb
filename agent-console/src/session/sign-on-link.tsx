'use client';

import { useQuery } from '@tanstack/react-query';
import button from '../design/button.module.css';
import { classNames } from '../design/class-names';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import styles from './sign-in-form.module.css';

type Props = {
  /** Path of the console to go on to. */
  next: string;
  /** Opens beside the page, so that what was typed here stays. */
  beside?: boolean;
};

/** The way in by the company's own provider; nothing where none is set. */
export function SignOnLink({ next, beside = false }: Props): React.ReactNode {
  const { client, address } = useEngine();
  const offer = useQuery({
    queryKey: queryKeys.signOnOffer,
    queryFn: ({ signal }) => client.session.signOnOffer.query(undefined, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (offer.data === undefined || offer.data === null) return null;
  const { name, path } = offer.data;
  return (
    <div className={styles.signOn}>
      <span className={styles.or}>or</span>
      <a
        href={`${address}${path}?next=${encodeURIComponent(next)}`}
        className={classNames(button.button, button.secondary, button.wide)}
        {...(beside ? { target: '_blank', rel: 'noreferrer' } : {})}
      >
        Sign in with {name}
        {beside ? <span className="sr-only"> in a new tab</span> : null}
      </a>
    </div>
  );
}

const PROBLEMS: Readonly<Record<string, string>> = {
  unknown:
    'Nobody has invited you to Segue yet. Ask an admin for an invitation to the address you signed in with.',
  deactivated: 'Your account in Segue is switched off. Ask an admin.',
  'other-domain': 'Your e-mail address is not of a domain that may come in.',
  unverified: 'The provider does not vouch for your e-mail address, so it can’t be taken.',
  'other-person': 'This e-mail address belongs to another person in Segue. Ask an admin.',
  failed:
    'The sign-in was not finished: it took too long, was stopped, or was begun in another browser. Try again.',
  unreachable: 'The provider does not answer. Try again, or use your password.',
  'too-many': 'Too many attempts from here. Try again in a quarter of an hour.',
};

/** Why somebody came back from the provider without being signed in; null for nothing we know. */
export function signOnProblem(problem: string): string | null {
  return Object.hasOwn(PROBLEMS, problem) ? (PROBLEMS[problem] ?? null) : null;
}
