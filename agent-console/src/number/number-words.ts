type Digits = {
  /** At least so many digits behind the point. */
  readonly least?: number;
  /** At most so many. */
  readonly most?: number;
};

/**
 * A number in British English: `12,345.5`. What `Intl` says, but without it: the first format of a page takes as long as
 * drawing a good part of it, 60 to 90 ms on a slow machine.
 *
 * @param value finite, below 1e21
 */
export function numberWords(value: number, { least = 0, most = Math.max(least, 3) }: Digits = {}): string {
  const [whole = '', fraction = ''] = Math.abs(value).toFixed(most).split('.');
  let end = fraction.length;
  while (end > least && fraction[end - 1] === '0') end -= 1;
  const kept = fraction.slice(0, end);
  const said = whole.replace(/\B(?=(?:\d{3})+$)/g, ',') + (kept === '' ? '' : `.${kept}`);
  return value < 0 && /[1-9]/.test(said) ? `-${said}` : said;
}
