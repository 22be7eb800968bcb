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
    expect(changedFields({ mayComeIn: false }, { mayComeIn: true })).toEqual([
      { name: 'mayComeIn', from: 'no', to: 'yes' },
    ]);
    expect(changedFields(null, null)).toEqual([]);
    expect(changedFields('a', 'b')).toEqual([{ name: 'value', from: 'a', to: 'b' }]);
  });

  test('what a key may do is said in words; a scope that is no more by its name', () => {
    expect(changedFields(null, { scopes: ['read', 'events:write', 'gone:read'] })).toEqual([
      { name: 'scopes', from: '', to: 'Read decisions, Send events, gone:read' },
    ]);
  });

  test('lists are read as lists, and only what has parts as JSON', () => {
    expect(changedFields({ tags: ['a', 2] }, { tags: [], limit: { perWeek: 3 } })).toEqual([
      { name: 'tags', from: 'a, 2', to: '' },
      { name: 'limit', from: '', to: '{"perWeek":3}' },
    ]);
  });
});
