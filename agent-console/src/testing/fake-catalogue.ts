import type { CatalogueDraft, CatalogueRevision } from '../engine/engine-types';
import { minutesBefore } from './fixtures';

type Content = { actions: unknown[]; policies: Record<string, unknown>; segments: unknown[] };

const BEGINNING: Content = {
  actions: [
    {
      actionId: 'free-express',
      name: 'Offer free express on the delayed order',
      description: 'Only while the parcel is late',
      issue: 'service-recovery',
      group: 'delivery',
      class: 'transactional',
      value: { type: 'fixed', amount: 12 },
      cost: 6,
      startingPropensity: 0.4,
      treatments: [
        { treatmentId: 'agent', channel: 'agent', title: 'Free express', talkTrack: 'I am sorry.' },
      ],
    },
  ],
  policies: {
    contact: {
      limits: [{ name: 'Three a week', max: 3, window: '7d', appliesTo: { classes: ['promotional'] } }],
    },
    engagement: [
      {
        name: 'Nothing is sold the day after an order',
        stage: 'suitability',
        appliesTo: { classes: ['promotional'] },
        when: { field: 'features.days_since_order', op: 'gte', value: 2 },
      },
    ],
  },
  segments: [],
};

/** A catalogue in memory with its drafts, as the engine keeps them. */
export class FakeCatalogue {
  private revisions: { content: Content; authorName: string; at: string }[] = [];
  private kept = new Map<string, CatalogueDraft>();

  constructor(private readonly clock: () => number) {
    this.reset();
  }

  reset(): void {
    this.revisions = [
      { content: BEGINNING, authorName: 'Ravi Menon', at: minutesBefore(this.clock(), 60 * 24 * 3) },
    ];
    this.kept = new Map();
  }

  current(): CatalogueRevision {
    return { ...this.summary(this.revisions.length), content: this.latest().content };
  }

  history(): Omit<CatalogueRevision, 'content'>[] {
    return this.revisions.map((_, index) => this.summary(index + 1)).reverse();
  }

  /** Somebody else changes the policies and publishes that. */
  publishPolicies(authorName: string, policies: Record<string, unknown>): void {
    const { content } = this.latest();
    this.revisions.push({
      content: { ...content, policies: { ...content.policies, ...policies } },
      authorName,
      at: minutesBefore(this.clock(), 0),
    });
  }

  drafts(): Omit<CatalogueDraft, 'content'>[] {
    return [...this.kept.values()].map(({ content, ...draft }) => draft);
  }

  draft(draftId: string): CatalogueDraft | null {
    return this.kept.get(draftId) ?? null;
  }

  begin({ name, content, basedOn }: { name: string; content: unknown; basedOn: number }): CatalogueDraft {
    const at = minutesBefore(this.clock(), 0);
    const draft: CatalogueDraft = {
      draftId: `drf_${this.kept.size + 1}`,
      name,
      basedOn,
      version: 1,
      author: 'agent:agt_1',
      authorName: 'Dana Whitfield',
      createdAt: at,
      updatedAt: at,
      content: content as Content,
    };
    this.kept.set(draft.draftId, draft);
    return draft;
  }

  save(draftId: string, content: unknown): CatalogueDraft | null {
    const known = this.kept.get(draftId);
    if (known === undefined) return null;
    const saved = { ...known, version: known.version + 1, content: content as Content };
    this.kept.set(draftId, saved);
    return saved;
  }

  private latest(): { content: Content } {
    return this.revisions.at(-1) ?? { content: BEGINNING };
  }

  private summary(revision: number): Omit<CatalogueRevision, 'content'> {
    const found = this.revisions[revision - 1];
    return {
      revision,
      author: 'agent:agt_2',
      authorName: found?.authorName ?? '',
      createdAt: found?.at ?? '',
      note: '',
      restores: null,
    };
  }
}
