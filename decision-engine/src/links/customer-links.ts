import { z } from 'zod';
import type { LinkSigner } from './link-signer.js';

const id = z.string().min(1).max(300);

/** What each kind of link names. */
const PAYLOADS = {
  /** Takes a customer off one channel for one purpose. */
  unsubscribe: z.object({
    customerId: id,
    channel: id,
    purpose: z.enum(['marketing', 'service']),
    deliveryId: id.optional(),
  }),
  preferences: z.object({ customerId: id }),
  /** Leads to exactly this address. */
  go: z.object({ deliveryId: id, url: z.url({ protocol: /^https?$/ }).max(2_000) }),
  open: z.object({ deliveryId: id }),
  survey: z.object({ deliveryId: id, survey: z.enum(['nps', 'csat']) }),
} as const;

/** What a page may report on: the content it was given. */
const placed = z.object({ decisionId: id, actionId: id });
type Placed = z.output<typeof placed>;

export type LinkKind = keyof typeof PAYLOADS;
export type LinkPayload<Kind extends LinkKind> = z.output<(typeof PAYLOADS)[Kind]>;

/** Addresses that customers open from their messages; they need no sign-in, the signature is the permission. */
export type CustomerLinks = {
  /** Where customers reach the engine, without a slash at the end. */
  readonly publicUrl: string;
  make<Kind extends LinkKind>(kind: Kind, payload: LinkPayload<Kind>): Promise<string>;
  read<Kind extends LinkKind>(kind: Kind, token: string): Promise<LinkPayload<Kind> | null>;
  /** A token for content on a page, which is no address. */
  placementToken(content: Placed): Promise<string>;
  readPlacement(token: string): Promise<Placed | null>;
};

/** The address of a kind of link, as routes name it. */
export const linkPath = (kind: LinkKind): string => `/c/${kind}`;

export function createCustomerLinks(signer: LinkSigner, publicUrl: string): CustomerLinks {
  const base = publicUrl.replace(/\/+$/, '');
  return {
    publicUrl: base,
    make: async (kind, payload) => `${base}${linkPath(kind)}/${await signer.sign(kind, payload)}`,
    read: async <Kind extends LinkKind>(kind: Kind, token: string) => {
      const parsed = PAYLOADS[kind].safeParse(await signer.open(kind, token));
      // The schema of a kind parses to its own payload; TypeScript can't see that through the index.
      return parsed.success ? (parsed.data as LinkPayload<Kind>) : null;
    },
    placementToken: (content) => signer.sign('placement', content),
    readPlacement: async (token) => placed.safeParse(await signer.open('placement', token)).data ?? null,
  };
}
