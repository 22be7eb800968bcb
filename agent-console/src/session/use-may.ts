'use client';

import type { Permission } from '../engine/engine-types';
import { useSession } from './session-provider';

/** Whether the role of who is signed in allows something. The engine checks it again; this hides what it would refuse. */
export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}
