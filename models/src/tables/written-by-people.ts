import type { TextColumn } from './text-columns.js';

/** A column as programs write it, and what was read how. */
export interface PlainColumn {
  readonly column: TextColumn;
  /** One sentence where anything was rewritten. */
  readonly note?: string;
}

/** Rewrites one text; undefined where it isn't of that form. */
type Rewrite = (text: string) => string | undefined;

/** With fewer distinct texts a column may just as well hold codes. */
const ENOUGH_TEXTS = 10;

/** A number as programs write it. */
export const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const INTEGER = /^[+-]?\d+$/;
const THOUSANDS = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;
/** Several commas, or a point after one: no decimal comma can be meant. */
const SURELY_THOUSANDS = /,.*[,.]/;
const DECIMAL_COMMA = /^[+-]?(\d+|[1-9]\d{0,2}(\.\d{3})+),\d+$/;
/** 31.12.2024, or with the month first. */
export const DATE_OF_PEOPLE = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/;

/**
 * Numbers such as "1,234.50" or "12,5" and dates such as "31.12.2024", rewritten as programs write them. Only where
 * every text of the column has that form and one reading alone fits all of them: better to ask than to guess.
 *
 * @param isMissing which texts stand for no value
 */
export function asProgramsWrite(column: TextColumn, isMissing: (text: string) => boolean): PlainColumn {
  const present = column.texts.filter((text) => !isMissing(text));
  if (present.length < ENOUGH_TEXTS || present.every((text) => PLAIN_NUMBER.test(text))) {
    return { column };
  }
  for (const { fits, rewrite } of [WITH_THOUSANDS, WITH_DECIMAL_COMMA, DAY_FIRST, MONTH_FIRST]) {
    const example = present.find((text) => !PLAIN_NUMBER.test(text));
    if (example !== undefined && fits(present) && present.every((text) => rewrite(text) !== undefined)) {
      return {
        column: { ...column, texts: column.texts.map((text) => rewrite(text) ?? text) },
        note: `"${example}" was read as ${rewrite(example)}, and so on`,
      };
    }
  }
  return { column };
}

interface Form {
  /** Whether the texts together leave no other reading. */
  readonly fits: (texts: readonly string[]) => boolean;
  readonly rewrite: Rewrite;
}

const WITH_THOUSANDS: Form = {
  // "1,234" alone could be a decimal comma; beside "950" or "1,234.50" it isn't.
  fits: (texts) => texts.some((text) => SURELY_THOUSANDS.test(text) || PLAIN_NUMBER.test(text)),
  rewrite: (text) =>
    THOUSANDS.test(text) ? text.replaceAll(',', '') : PLAIN_NUMBER.test(text) ? text : undefined,
};

const WITH_DECIMAL_COMMA: Form = {
  fits: (texts) => texts.some((text) => DECIMAL_COMMA.test(text) && !THOUSANDS.test(text)),
  rewrite: (text) =>
    DECIMAL_COMMA.test(text)
      ? text.replaceAll('.', '').replace(',', '.')
      : INTEGER.test(text)
        ? text
        : undefined,
};

/** A day above 12 somewhere says which number is the day; a point between them says so, too. */
const DAY_FIRST: Form = {
  fits: (texts) => texts.some((text) => text.includes('.') || partsOf(text).first > 12),
  rewrite: (text) => isoDate(text, ({ first, second }) => ({ day: first, month: second })),
};

const MONTH_FIRST: Form = {
  fits: (texts) => texts.some((text) => partsOf(text).second > 12),
  rewrite: (text) => isoDate(text, ({ first, second }) => ({ day: second, month: first })),
};

interface Parts {
  readonly first: number;
  readonly second: number;
  readonly year: number;
}

function partsOf(text: string): Parts {
  const [, first, , second, year] = DATE_OF_PEOPLE.exec(text) ?? [];
  return { first: Number(first), second: Number(second), year: Number(year) };
}

function isoDate(
  text: string,
  order: (parts: Parts) => { readonly day: number; readonly month: number },
): string | undefined {
  const parts = partsOf(text);
  const { day, month } = order(parts);
  const date = new Date(Date.UTC(parts.year, month - 1, day));
  // The calendar carries the 31st of April over to May: then the order was another.
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : undefined;
}
