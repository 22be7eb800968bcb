import { z } from 'zod';

/** NIST SP 800-63B: length is what counts; no rules about kinds of signs. */
const SHORTEST_PASSWORD = 12;

export const newPasswordShape = z.string().min(SHORTEST_PASSWORD).max(1024);
