import { describe, expect, test } from 'vitest';
import { auditWords, changedFields } from './audit-words';

describe('audit words', () => {
  test('a call is said in words, an unknown one by its name', () => {
    expect(auditWords('people.setRole')).toBe('changed the role of');
    expect(auditWords('thing.new')).toBe('thing.new');
  });

  test('only what differs is shown', () => {
    expect(changedFields({ role: 'agent', mayComeIn: true }, { role: 'lead', mayComeIn: true })).toEqual([
      { name: 'role', from: 'agent', to: 'lead' },
    ]);
    expect(changedFields(null, { scopes: ['read'] })).toEqual([{ name: 'scopes', from: '', to: '["read"]' }]);
    expect(changedFields(null, null)).toEqual([]);
    expect(changedFields('a', 'b')).toEqual([{ name: 'value', from: 'a', to: 'b' }]);
  });
});
