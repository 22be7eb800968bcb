import type { ConflictView, MergeView } from '../engine/engine-types';

type Identity = MergeView['identities'][number];

/** Longer ids say no more to a person. */
const SHOWN = 28;

function short(value: string): string {
  return value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
}

/** An identity as people call it. */
export function identityWords({ kind, value }: Identity): string {
  switch (kind) {
    case 'userId':
      return `user ${short(value)}`;
    case 'anonymousId':
      return `visitor ${short(value)}`;
    case 'externalId':
      return `id ${short(value)}`;
    case 'email':
    case 'phone':
      return value;
  }
}

export function conflictWords(reason: ConflictView['reason']): string {
  switch (reason) {
    case 'other-user-id':
      return 'two user ids: kept apart';
    case 'taken-apart':
      return 'taken apart: stays so';
  }
}

const KINDS: Readonly<Record<MergeView['differs'][number], string>> = {
  userId: 'user ids',
  email: 'e-mail addresses',
  phone: 'phone numbers',
};

/** `two user ids and e-mail addresses` */
export function differsWords(differs: MergeView['differs']): string {
  return `two ${differs.map((kind) => KINDS[kind]).join(' and ')}`;
}

export function becauseWords(because: MergeView['because']): string {
  if (because === null) return 'not recorded why';
  return because.eventType === 'alias' ? 'an alias said so' : `an event named both (${because.eventType})`;
}

/** `3 became one, 1 taken apart, 2 in dispute` */
export function summaryWords(merges: readonly MergeView[], conflicts: readonly ConflictView[]): string {
  const undone = merges.filter((merge) => merge.undone !== null).length;
  const one = merges.length - undone;
  const parts = [
    one === 0 ? '' : `${one + 1} became one`,
    undone === 0 ? '' : `${undone} taken apart`,
    conflicts.length === 0 ? '' : `${conflicts.length} in dispute`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}
