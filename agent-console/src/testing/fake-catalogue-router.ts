import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import {
  catalogueChanges,
  catalogueRevision,
  draftCheck,
  draftList,
  draftView,
  newDraftRequest,
  revisionsPage,
  saveDraftRequest,
} from '../../../decision-engine/src/api/shapes/catalogue';
import { agent, fakeTrpc } from './fake-trpc';

const one = z.object({ draftId: z.string() });

/** The engine's procedures about the catalogue and its drafts, answered from memory; nothing is checked or published. */
export const fakeCatalogueRouter = fakeTrpc.router({
  get: agent.output(catalogueRevision).query(({ ctx }) => ctx.shop.catalogue.current()),
  revisions: agent
    .output(revisionsPage)
    .query(({ ctx }) => ({ items: ctx.shop.catalogue.history(), nextCursor: null })),
  // Whoever published last changed the policies: nothing else is published here.
  diff: agent.output(catalogueChanges).query(() => ({
    actions: { added: [], removed: [], changed: [] },
    policies: [{ path: 'contact.limits[0].max', before: 3, after: 2 }],
    segments: [],
  })),
  drafts: agent.output(draftList).query(({ ctx }) => ({ items: ctx.shop.catalogue.drafts() })),
  draft: agent
    .input(one)
    .output(draftView)
    .query(({ ctx, input }) => known(ctx.shop.catalogue.draft(input.draftId))),
  createDraft: agent
    .input(newDraftRequest)
    .output(draftView)
    .mutation(({ ctx, input: { name, content, basedOn = 1 } }) =>
      ctx.shop.catalogue.begin({ name, content, basedOn }),
    ),
  saveDraft: agent
    .input(saveDraftRequest)
    .output(draftView)
    .mutation(({ ctx, input }) => known(ctx.shop.catalogue.save(input.draftId, input.content))),
  checkDraft: agent
    .input(one)
    .output(draftCheck)
    .query(() => ({ problems: [], warnings: [], changes: null, outdated: false })),
});

function known<Thing>(thing: Thing | null): Thing {
  if (thing === null) throw new TRPCError({ code: 'NOT_FOUND', message: 'There is no such draft.' });
  return thing;
}
