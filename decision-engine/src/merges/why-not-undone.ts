import type { CustomerDocument } from '../customers/customer-document.js';
import type { Store } from '../store/store.js';
import type { MergeDocument } from './merge-document.js';

export const NOT_RECORDED =
  'It was made before Segue kept whose each event was, so what came from whom is no longer known';

/** Why a recorded merge can't be undone; null = it can. */
export async function whyNotUndone(store: Store, record: MergeDocument): Promise<string | null> {
  switch (record.state) {
    case 'merging':
      return 'It is still being made';
    case 'undoing':
      return 'It is being undone';
    case 'undone':
      return 'It was undone';
    case 'merged':
      break;
  }
  const absorbed = await store.customers
    .findById(record.absorbedId, { mergedInto: 1 })
    .lean<Pick<CustomerDocument, 'mergedInto'> | null>();
  if (absorbed?.mergedInto !== record.survivorId) return 'One of both was erased, or they were parted before';
  const erasure = await store.privacyRequests.findOne({
    kind: 'erase',
    state: { $ne: 'done' },
    customerIds: { $in: [record.absorbedId, record.survivorId] },
  });
  return erasure === null ? null : 'They are being erased';
}
