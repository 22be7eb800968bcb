import type {
  AgentView,
  AssignedView,
  AssignRequest,
  InboxFilter,
  InboxItem,
  InboxViews,
  InboxViewView,
} from '../engine/engine-types';

/** Who looks after whom, and the saved views, in memory. */
export class FakeDesk {
  private readonly inHands = new Map<string, AssignedView>();
  private readonly saved = new Map<string, InboxViewView>();
  private defaultViewId: string | null = null;

  constructor(private readonly clock: () => number) {}

  reset(): void {
    this.inHands.clear();
    this.saved.clear();
    this.defaultViewId = null;
  }

  assigned(customerId: string): AssignedView | null {
    return this.inHands.get(customerId) ?? null;
  }

  /** @returns whether it was done */
  assign({ customerId, how }: AssignRequest, { agentId, name }: AgentView): boolean {
    const before = this.assigned(customerId);
    if (before !== null && before.agentId !== agentId && how !== 'takeOver') return false;
    if (how === 'release') this.inHands.delete(customerId);
    else this.inHands.set(customerId, { agentId, name, at: new Date(this.clock()).toISOString() });
    return true;
  }

  fits(item: InboxItem, { kinds, bands, assigned, worth, segment }: InboxFilter, agentId: string): boolean {
    const looked = this.assigned(item.customerId)?.agentId;
    const standing = looked === undefined ? 'nobody' : looked === agentId ? 'me' : 'others';
    return (
      (kinds === undefined || kinds.includes(item.kind)) &&
      (bands === undefined || (item.churn !== null && bands.includes(item.churn.band))) &&
      (assigned === undefined || assigned === standing) &&
      (worth === undefined || item.urgency >= worth) &&
      // Nobody is new here.
      segment !== 'newcomers'
    );
  }

  views(): InboxViews {
    return { items: [...this.saved.values()], defaultViewId: this.defaultViewId };
  }

  saveView(view: InboxViewView): InboxViews {
    this.saved.set(view.viewId, view);
    return this.views();
  }

  deleteView(viewId: string): InboxViews {
    this.saved.delete(viewId);
    if (this.defaultViewId === viewId) this.defaultViewId = null;
    return this.views();
  }

  beginWith(viewId: string | null): InboxViews {
    this.defaultViewId = viewId;
    return this.views();
  }
}
