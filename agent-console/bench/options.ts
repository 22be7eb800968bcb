/** What can be measured, and in which order it is. */
export const PARTS = ['list', 'load', 'live', 'plan-load'] as const;
export type Part = (typeof PARTS)[number];

export type BenchOptions = {
  /** A data folder of a product, of which a copy is used; null: a small shop is made and trained first. */
  data: string | null;
  only: ReadonlySet<Part>;
};

/** What `bench-console.mjs` was asked for, handed on by the environment, as vitest takes no arguments of its own. */
export function benchOptions(): BenchOptions {
  const asked = process.env['SEGUE_BENCH_ONLY']?.split(',') ?? [];
  const only = PARTS.filter((part) => asked.length === 0 || asked.includes(part));
  return { data: process.env['SEGUE_BENCH_DATA'] ?? null, only: new Set(only) };
}
