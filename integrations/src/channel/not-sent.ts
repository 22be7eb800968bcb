import type { SendResult } from './channel.js';

export const rejected = (reason: string): SendResult => ({ status: 'rejected', reason });

/** The provider says that nobody is at this address any more. */
export const addressGone = (reason: string): SendResult => ({
  status: 'rejected',
  reason,
  addressGone: true,
});

export const notConfigured = (reason: string): SendResult => ({ status: 'not-configured', reason });
