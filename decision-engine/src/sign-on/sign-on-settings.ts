import { z } from 'zod';
import { AGENT_ROLES, type Role } from '../access/permissions.js';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== ''),
);

const roles = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'Expected JSON, {"value of the claim": "role"}' });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.enum(AGENT_ROLES)));

const LOCAL = ['localhost', '127.0.0.1', '[::1]'];

/** The provider's address: https, or this machine to try things out. */
const issuer = z.url({ protocol: /^https?$/ }).refine((text) => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || LOCAL.includes(hostname);
}, 'Expected an https address');

/** The environment variables of single sign-on. */
export const signOnEnvironment = {
  SEGUE_OIDC_ISSUER: issuer.optional(),
  SEGUE_OIDC_CLIENT_ID: z.string().min(1).optional(),
  SEGUE_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  SEGUE_OIDC_NAME: z.string().min(1).max(60).optional(),
  SEGUE_OIDC_DOMAINS: list.default([]),
  SEGUE_OIDC_TRUST_EMAIL: z
    .enum(['on', 'off'])
    .transform((value) => value === 'on')
    .default(false),
  SEGUE_OIDC_ROLE_CLAIM: z.string().min(1).max(120).default('groups'),
  SEGUE_OIDC_ROLES: roles.default({}),
};

/** How people come in by the company's own provider. */
export type SignOnSettings = {
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a client without one: PKCE alone then. */
  readonly clientSecret: string | null;
  /** What the button calls it. */
  readonly name: string;
  /** Domains of e-mail addresses that may come in, lower case; empty = any. */
  readonly domains: readonly string[];
  /** Takes an address that the provider doesn't say it has verified. */
  readonly trustEmail: boolean;
  readonly roleClaim: string;
  /** Role by a value of that claim, the first that fits; empty = roles are given in Segue. */
  readonly roles: ReadonlyMap<string, Role>;
};

/**
 * Null where no provider is set.
 * @throws Error where only one of issuer and client is
 */
export function signOnSettingsOf(
  values: z.output<z.ZodObject<typeof signOnEnvironment>>,
): SignOnSettings | null {
  const { SEGUE_OIDC_ISSUER: given, SEGUE_OIDC_CLIENT_ID: clientId } = values;
  if (given === undefined && clientId === undefined) return null;
  if (given === undefined || clientId === undefined) {
    throw new Error(
      `These settings can't be used:\n  Expected SEGUE_OIDC_ISSUER and SEGUE_OIDC_CLIENT_ID together, got only ${given === undefined ? 'SEGUE_OIDC_CLIENT_ID' : 'SEGUE_OIDC_ISSUER'}`,
    );
  }
  return {
    issuer: given,
    clientId,
    clientSecret: values.SEGUE_OIDC_CLIENT_SECRET ?? null,
    name: values.SEGUE_OIDC_NAME ?? new URL(given).hostname,
    domains: values.SEGUE_OIDC_DOMAINS,
    trustEmail: values.SEGUE_OIDC_TRUST_EMAIL,
    roleClaim: values.SEGUE_OIDC_ROLE_CLAIM,
    roles: new Map(Object.entries(values.SEGUE_OIDC_ROLES)),
  };
}
