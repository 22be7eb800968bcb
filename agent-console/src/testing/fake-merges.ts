import type { MergeView } from '../engine/engine-types';
import { minutesBefore } from './fixtures';

type Merges = {
  merges: MergeView[];
  conflicts: [];
};

/** The first customer was two by mistake; all others are who they are. */
export class FakeMerges {
  private undone: { reason: string } | null = null;

  constructor(
    private readonly first: () => string,
    private readonly clock: () => number,
  ) {}

  of(customerId: string): Merges {
    return { merges: customerId === this.first() ? [this.merge()] : [], conflicts: [] };
  }

  undo({ mergeId, reason }: { mergeId: string; reason: string }): MergeView | null {
    if (mergeId !== 'mrg_1') return null;
    this.undone = { reason };
    return this.merge();
  }

  private merge(): MergeView {
    const at = minutesBefore(this.clock(), 3 * 1440);
    return {
      mergeId: 'mrg_1',
      absorbedId: 'cus_absorbed',
      absorbedName: 'rowan@example.com',
      because: { messageId: 'm-1', eventType: 'alias', identities: [], at },
      state: this.undone === null ? 'merged' : 'undone',
      identities: [{ kind: 'email', value: 'rowan@example.com' }],
      events: 14,
      decisions: 2,
      differs: this.undone === null ? ['email'] : [],
      whyNot: this.undone === null ? null : 'It was undone',
      undone: this.undone === null ? null : { at, by: 'Dana Whitfield', reason: this.undone.reason },
    };
  }
}
