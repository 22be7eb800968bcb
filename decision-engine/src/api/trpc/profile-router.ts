import {
  changePassword,
  endOtherSessions,
  endOwnSession,
  enrolSecondFactor,
  readProfile,
  switchSecondFactorOff,
  switchSecondFactorOn,
} from '../calls/profile.js';
import { changePasswordRequest, codeRequest, passwordRequest, sessionQuery } from '../shapes/people.js';
import { agentProcedure, auditedAgentProcedure, router } from './trpc.js';

/** Everyone's own account. */
export const profileRouter = router({
  get: agentProcedure.query(({ ctx }) => readProfile(ctx)),
  changePassword: auditedAgentProcedure
    .input(changePasswordRequest)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),
  enrolSecondFactor: auditedAgentProcedure.mutation(({ ctx }) => enrolSecondFactor(ctx)),
  confirmSecondFactor: auditedAgentProcedure
    .input(codeRequest)
    .mutation(({ ctx, input }) => switchSecondFactorOn(ctx, input)),
  disableSecondFactor: auditedAgentProcedure
    .input(passwordRequest)
    .mutation(({ ctx, input }) => switchSecondFactorOff(ctx, input)),
  endSession: auditedAgentProcedure
    .input(sessionQuery)
    .mutation(({ ctx, input }) => endOwnSession(ctx, input)),
  endOtherSessions: auditedAgentProcedure.mutation(({ ctx }) => endOtherSessions(ctx)),
});
