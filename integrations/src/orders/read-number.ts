export const DECIMAL_MARKS = ['.', ','] as const;
export type DecimalMark = (typeof DECIMAL_MARKS)[number];

/** With thousands marks (`1,234.50`, `1 234,50`, `1'234.50`) or without; the marks have to stand where they belong. */
const SHAPES: Readonly<Record<DecimalMark, RegExp>> = {
  '.': /^[+-]?(?:\d+|\d{1,3}(?:[,'’\u00A0\u202F ]\d{3})+)(?:\.\d+)?$/,
  ',': /^[+-]?(?:\d+|\d{1,3}(?:[.'’\u00A0\u202F ]\d{3})+)(?:,\d+)?$/,
};

/**
 * Reads an amount or a quantity as shops write them, a currency sign before or after it left aside.
 * @returns `undefined` for anything that is not wholly a number, so that `1.234,50` is never read as 1.234
 */
export function readNumber(text: string, decimal: DecimalMark): number | undefined {
  const bare = text.replace(/\p{Sc}/u, '').trim();
  if (!SHAPES[decimal].test(bare)) return undefined;
  const digits =
    decimal === '.' ? bare.replace(/[^\d.+-]/g, '') : bare.replace(/[^\d,+-]/g, '').replace(',', '.');
  const value = Number(digits);
  return Number.isFinite(value) ? value : undefined;
}
