import { z } from 'zod';
import type { SignOnAttempt } from './oidc-provider.js';

const attemptSchema = z.strictObject({
  state: z.string().min(16).max(200),
  nonce: z.string().min(16).max(200),
  verifier: z.string().min(43).max(128),
  next: z.string().startsWith('/').max(600),
});

/**
 * What a browser keeps until its person is back. It is not signed: it proves nothing but that the same browser began,
 * and who writes it themselves gains only a sign-on of their own.
 */
export function sealAttempt(attempt: SignOnAttempt): string {
  return Buffer.from(JSON.stringify(attempt)).toString('base64url');
}

/** Null for nothing, or what is none of ours. */
export function openAttempt(cookie: string | undefined): SignOnAttempt | null {
  if (cookie === undefined) return null;
  try {
    const parsed = attemptSchema.safeParse(JSON.parse(Buffer.from(cookie, 'base64url').toString()));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
