import { describe, expect, it } from 'vitest';
import { TextColumnBuilder } from './text-columns.js';
import { asProgramsWrite } from './written-by-people.js';

function read(texts: readonly string[]) {
  const builder = new TextColumnBuilder('x');
  for (const text of texts) builder.push(text);
  const { column, note } = asProgramsWrite(builder.finish(), (text) => text === '');
  return { texts: column.texts, note };
}

const small = ['1', '2', '3', '4', '5', '6', '7', '8', '9', ''];

describe('asProgramsWrite', () => {
  it('takes commas for thousands where plain numbers stand beside them', () => {
    const { texts, note } = read([...small, '1,234', '-12,345,678.50']);
    expect(texts.slice(-2)).toEqual(['1234', '-12345678.50']);
    expect(note).toBe('"1,234" was read as 1234, and so on');
  });

  it('takes a comma for a decimal one where the groups are no thousands', () => {
    expect(read([...small, '12,5', '1.234,50']).texts.slice(-2)).toEqual(['12.5', '1234.50']);
  });

  it.each([
    ['numbers that could be either', ['1,234', '2,345', '3,456', '4,567']],
    ['decimal points beside decimal commas', ['12,5', '12.5', '1,5', '2,5']],
    ['texts among them', ['1,234.50', 'about 5', '7', '8']],
    ['dates that could be either', ['01/02/2024', '03/04/2024', '05/06/2024', '07/08/2024']],
    ['days that no month has', ['31.04.2024', '01.05.2024', '02.05.2024', '03.05.2024']],
  ])('leaves %s as they are', (_, some) => {
    const many = some.flatMap((text) => [text, text.replace(/^\d/, '9'), text.replace(/\d$/, '7')]);
    const all = some[0]?.includes('/') ? ['01/01/2024', '02/01/2024', ...some, ...monthly()] : many;
    const { texts, note } = read(all);
    expect(note).toBeUndefined();
    expect(texts).toContain(some[0]);
  });

  it('reads days before months, and months before days, where only that fits', () => {
    const days = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0'));
    expect(read([...days.map((day) => `${day}.03.2024`), '31.12.2023']).texts.at(-1)).toBe('2023-12-31');
    expect(read([...days.map((day) => `${day}/03/2024`), '25/12/2023']).texts.at(-1)).toBe('2023-12-25');
    expect(read([...days.map((month) => `${month}/3/2024`), '12/25/2023']).texts.at(-1)).toBe('2023-12-25');
  });

  it('leaves few texts alone: they may be codes', () => {
    expect(read(['1,5', '2,5', '3,5']).texts).toEqual(['1,5', '2,5', '3,5']);
  });
});

function monthly(): string[] {
  return Array.from({ length: 12 }, (_, i) => `${String(i + 1).padStart(2, '0')}/11/2024`);
}
