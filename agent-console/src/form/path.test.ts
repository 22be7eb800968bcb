import { describe, expect, it } from 'vitest';
import { getAt, pathText, removeAt, setAt } from './path';

const action = { name: 'a', treatments: [{ title: 'one' }, { title: 'two' }] };

describe('places in plain data', () => {
  it('are written as the engine writes them', () => {
    expect(pathText(['treatments', 0, 'title'])).toBe('treatments[0].title');
  });

  it('are read and changed without touching the rest', () => {
    const changed = setAt(action, ['treatments', 1, 'title'], 'three');
    expect(getAt(changed, ['treatments', 1, 'title'])).toBe('three');
    expect(getAt(action, ['treatments', 1, 'title'])).toBe('two');
    expect(getAt(changed, ['treatments', 0])).toBe(action.treatments[0]);
  });

  it('are made on the way, and taken away by undefined', () => {
    expect(setAt({}, ['limits', 'budget'], 5)).toEqual({ limits: { budget: 5 } });
    expect(setAt({ limits: { budget: 5, x: 1 } }, ['limits', 'budget'], undefined)).toEqual({
      limits: { x: 1 },
    });
  });

  it('of a list can be taken out', () => {
    expect(removeAt(action, ['treatments', 0])).toEqual({ name: 'a', treatments: [{ title: 'two' }] });
    expect(removeAt(action, ['nothing', 0])).toBe(action);
  });
});
