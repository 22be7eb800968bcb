import type {
  ApiKeyView,
  AuditEntryView,
  InvitationView,
  PersonView,
  PrivacyRequestView,
  ProfileView,
} from '../engine/engine-types';
import { minutesBefore } from './fixtures';

/** What the settings show of the shop in memory: people, keys, changes, privacy requests. */
export class FakeSettings {
  constructor(private readonly clock: () => number) {}

  people(): { items: PersonView[]; invitations: InvitationView[] } {
    const person = (index: number, more: Partial<PersonView>): PersonView => ({
      agentId: `agt_${index}`,
      email: `person${index}@example.com`,
      name: 'Somebody',
      role: 'agent',
      createdAt: this.ago(60 * 24 * (90 - index)),
      deactivatedAt: null,
      secondFactor: false,
      sessions: 0,
      seenAt: null,
      ...more,
    });
    return {
      items: [
        person(1, {
          name: 'Dana Whitfield',
          email: 'dana@example.com',
          role: 'admin',
          secondFactor: true,
          sessions: 2,
          seenAt: this.ago(1),
        }),
        person(2, {
          name: 'Ravi Menon',
          email: 'ravi@example.com',
          role: 'lead',
          sessions: 1,
          seenAt: this.ago(25),
        }),
        person(3, { name: 'Ilse Bergström', email: 'ilse@example.com', role: 'data-scientist' }),
        person(4, { name: 'Tom Okello', email: 'tom@example.com', deactivatedAt: this.ago(60 * 30) }),
      ],
      invitations: [
        {
          email: 'mina@example.com',
          name: 'Mina Fischer',
          role: 'marketer',
          createdAt: this.ago(180),
          expiresAt: this.ahead(60 * 69),
        },
      ],
    };
  }

  invite({ email, name, role }: Pick<InvitationView, 'email' | 'name' | 'role'>) {
    const [createdAt, expiresAt] = [this.ago(0), this.ahead(60 * 72)];
    const invitation: InvitationView = { email, name, role, createdAt, expiresAt };
    return {
      invitation,
      token: 'inv_fake',
      emailed: { state: 'failed', detail: 'E-mail is not configured.' },
    };
  }

  keys(): { items: ApiKeyView[] } {
    return {
      items: [
        {
          keyId: 'k1',
          name: 'Web shop',
          scopes: ['events:write', 'decide', 'feedback'],
          createdAt: this.ago(60 * 24 * 40),
          createdBy: 'Dana Whitfield',
          usedAt: this.ago(1),
          revokedAt: null,
        },
        {
          keyId: 'k2',
          name: 'first key',
          scopes: ['events:write', 'decide', 'feedback', 'read'],
          createdAt: this.ago(60 * 24 * 90),
          createdBy: null,
          usedAt: null,
          revokedAt: this.ago(60 * 24),
        },
      ],
    };
  }

  audit(): { items: AuditEntryView[]; nextCursor: string | null } {
    const entry = (index: number, more: Partial<AuditEntryView>): AuditEntryView => ({
      auditId: `aud_${index}`,
      at: this.ago(index * 47 + 3),
      who: { kind: 'agent', id: 'agt_1', name: 'Dana Whitfield' },
      what: 'people.setRole',
      target: null,
      before: null,
      after: null,
      outcome: 'done',
      problem: null,
      ...more,
    });
    return {
      items: [
        entry(0, {
          target: { kind: 'person', id: 'agt_2', name: 'ravi@example.com' },
          before: { role: 'agent', mayComeIn: true },
          after: { role: 'lead', mayComeIn: true },
        }),
        entry(1, {
          what: 'catalogue.publish',
          who: { kind: 'agent', id: 'agt_5', name: 'Mina Fischer' },
          target: { kind: 'catalogue', id: '31', name: 'revision 31' },
          after: { draftId: 'drf_17', note: 'Fewer reminders at night' },
        }),
        entry(2, {
          what: 'key.create',
          target: { kind: 'key', id: 'k1', name: 'Web shop' },
          after: { scopes: ['events:write', 'decide', 'feedback'] },
        }),
        entry(3, {
          what: 'people.deactivate',
          outcome: 'failed',
          problem: 'This is the last admin: make somebody else one first',
        }),
        entry(4, {
          what: 'privacy.begin',
          target: { kind: 'customer', id: 'x', name: 'an erased customer' },
        }),
      ],
      nextCursor: null,
    };
  }

  privacy(): { items: PrivacyRequestView[] } {
    const request = (index: number, more: Partial<PrivacyRequestView>): PrivacyRequestView => ({
      requestId: `prv_${index}`,
      kind: 'export',
      state: 'done',
      customerId: 'cus_0003',
      displayName: 'Zofia Kowalska',
      requestedBy: 'Dana Whitfield',
      reason: 'ticket 4711',
      createdAt: this.ago(index * 300 + 2),
      doneAt: this.ago(index * 300 + 1),
      progress: { done: 25, total: 25 },
      counts: { events: 214, decisions: 31, identities: 3, customers: 1 },
      problem: null,
      fetchableUntil: this.ahead(60 * 24 * 6),
      ...more,
    });
    return {
      items: [
        request(0, {
          kind: 'erase',
          state: 'settling',
          displayName: 'Kwame Mensah',
          doneAt: null,
          progress: { done: 26, total: 51 },
          fetchableUntil: null,
        }),
        request(1, {}),
        request(2, {
          kind: 'erase',
          customerId: null,
          displayName: null,
          reason: '',
          progress: { done: 51, total: 51 },
          fetchableUntil: null,
        }),
      ],
    };
  }

  profile(): ProfileView {
    const session = (index: number, more: Partial<ProfileView['sessions'][number]>) => ({
      sessionId: `s${index}`,
      kind: 'console' as const,
      current: false,
      createdAt: this.ago(index * 90 + 30),
      expiresAt: this.ahead(600),
      seenAt: this.ago(index * 90),
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
      address: '192.0.2.10',
      ...more,
    });
    return {
      secondFactor: { on: false, recoveryCodesLeft: 0 },
      sessions: [
        session(0, { current: true }),
        session(1, { kind: 'plugin' }),
        session(2, { userAgent: null }),
      ],
    };
  }

  private ago(minutes: number): string {
    return minutesBefore(this.clock(), minutes);
  }

  private ahead(minutes: number): string {
    return minutesBefore(this.clock(), -minutes);
  }
}
