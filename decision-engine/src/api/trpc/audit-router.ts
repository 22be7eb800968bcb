import { listAudit } from '../calls/audit.js';
import { auditQuery } from '../shapes/audit.js';
import { permitted, router } from './trpc.js';

export const auditRouter = router({
  list: permitted('audit:read')
    .input(auditQuery)
    .query(({ ctx, input }) => listAudit(ctx, input)),
});
