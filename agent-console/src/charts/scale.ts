/** Maps values to places on a line; outside the domain it goes on in a straight line. */
export type Scale = { readonly at: (value: number) => number; readonly ticks: readonly number[] };

type Options = {
  /** Smallest and largest value to show. */
  readonly domain: readonly [number, number];
  /** Places of the ends, in pixels or percent. */
  readonly range: readonly [number, number];
  /** About how many ticks fit. */
  readonly ticks?: number;
};

/** A linear scale whose ticks are round numbers inside the domain. */
export function linearScale({ domain, range, ticks = 4 }: Options): Scale {
  const [low, high] = domain[0] === domain[1] ? [domain[0] - 1, domain[1] + 1] : domain;
  const at = (value: number): number => range[0] + ((value - low) / (high - low)) * (range[1] - range[0]);
  return { at, ticks: roundTicks(low, high, ticks) };
}

/** Round numbers (1, 2, 2.5 or 5 times a power of ten apart) from `low` to `high`. */
function roundTicks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** Smallest and largest of the numbers that are there, with a little room; null where none is. */
export function extentOf(
  values: readonly (number | null | undefined)[],
  room = 0.06,
): readonly [number, number] | null {
  const known = values.filter(
    (value): value is number => typeof value === 'number' && Number.isFinite(value),
  );
  if (known.length === 0) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const margin = (high - low || Math.abs(high) || 1) * room;
  return [low - margin, high + margin];
}
