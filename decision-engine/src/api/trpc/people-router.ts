import {
  changeRole,
  deactivatePerson,
  invitePerson,
  listPeople,
  reactivatePerson,
  resetSecondFactor,
  revokeSessions,
  withdrawInvitation,
} from '../calls/people.js';
import { invitationQuery, inviteRequest, personQuery, setRoleRequest } from '../shapes/people.js';
import { permitted, router } from './trpc.js';

const managing = permitted('people:manage');

export const peopleRouter = router({
  list: managing.query(({ ctx }) => listPeople(ctx)),
  invite: managing.input(inviteRequest).mutation(({ ctx, input }) => invitePerson(ctx, input)),
  withdrawInvitation: managing
    .input(invitationQuery)
    .mutation(({ ctx, input }) => withdrawInvitation(ctx, input)),
  setRole: managing.input(setRoleRequest).mutation(({ ctx, input }) => changeRole(ctx, input)),
  deactivate: managing.input(personQuery).mutation(({ ctx, input }) => deactivatePerson(ctx, input)),
  reactivate: managing.input(personQuery).mutation(({ ctx, input }) => reactivatePerson(ctx, input)),
  resetSecondFactor: managing.input(personQuery).mutation(({ ctx, input }) => resetSecondFactor(ctx, input)),
  revokeSessions: managing.input(personQuery).mutation(({ ctx, input }) => revokeSessions(ctx, input)),
});
