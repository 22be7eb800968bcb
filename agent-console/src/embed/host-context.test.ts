import { describe, expect, test } from 'vitest';
import { readHostMessage } from './host-context';

const sender = {
  id: 7,
  name: 'Amara Okafor',
  email: ' amara@example.com ',
  phone_number: '+441632960001',
  identifier: 'user-7',
};

const chatwoot = (data: object) => JSON.stringify({ event: 'appContext', data });

describe('a message of the host', () => {
  test('Chatwoot names the contact of the conversation, best identity first', () => {
    const message = chatwoot({
      conversation: { id: 1, meta: { sender } },
      contact: { email: 'stale@example.com' },
      currentAgent: { id: 1, email: 'boss@example.com' },
    });
    expect(readHostMessage(message)).toEqual({
      references: [{ userId: 'user-7' }, { email: 'amara@example.com' }, { phone: '+441632960001' }],
      name: 'Amara Okafor',
      takesText: false,
    });
  });

  test('without a conversation the contact counts; the agent it names never does', () => {
    const message = chatwoot({
      contact: { email: 'a@b.example' },
      currentAgent: { email: 'boss@example.com' },
    });
    expect(readHostMessage(message)?.references).toEqual([{ email: 'a@b.example' }]);
    expect(readHostMessage(chatwoot({ currentAgent: { email: 'boss@example.com' } }))?.references).toEqual(
      [],
    );
  });

  test('our own script and the Zendesk app send an object', () => {
    expect(
      readHostMessage({
        type: 'segue:context',
        version: 1,
        customer: { email: 'a@b.example', externalId: 12, name: 'A' },
        takesText: true,
      }),
    ).toEqual({ references: [{ email: 'a@b.example' }, { externalId: '12' }], name: 'A', takesText: true });
  });

  test.each([
    ['no JSON', '{"event":'],
    ['another event', JSON.stringify({ event: 'resize' })],
    ['an array', '[1]'],
    ['null', 'null'],
    ['nothing', undefined],
    ['a number', 7],
    ['another version', { type: 'segue:context', version: 2, customer: {} }],
    ['a bundler chatting', { type: 'webpackOk' }],
  ])('%s says nothing', (_, data) => {
    expect(readHostMessage(data)).toBeNull();
  });

  test('what is no text, or too long, is no identity', () => {
    const customer = { email: { $ne: '' }, phone: '1'.repeat(65), userId: '  ', externalId: null };
    expect(readHostMessage({ type: 'segue:context', version: 1, customer })?.references).toEqual([]);
  });
});
