export type DiffLine = {
  /** `both`: the same on both sides. */
  readonly side: 'mine' | 'theirs' | 'both';
  readonly text: string;
};

/** Lines of the same text kept around what differs. */
const AROUND = 2;

/**
 * Two texts line by line, as few lines as possible told apart (longest common subsequence); of what is the same only the
 * lines around a difference are kept. A gap between two parts is `null`.
 */
export function lineDiff(mine: string, theirs: string): readonly (DiffLine | null)[] {
  const lines = wholeDiff(mine.split('\n'), theirs.split('\n'));
  const near = new Set<number>();
  lines.forEach(({ side }, index) => {
    if (side === 'both') return;
    for (let at = index - AROUND; at <= index + AROUND; at += 1) near.add(at);
  });
  const shown: (DiffLine | null)[] = [];
  lines.forEach((line, index) => {
    if (near.has(index)) shown.push(line);
    else if (shown.at(-1) !== null && index > 0) shown.push(null);
  });
  return shown.at(-1) === null ? shown.slice(0, -1) : shown;
}

function wholeDiff(mine: readonly string[], theirs: readonly string[]): DiffLine[] {
  const width = theirs.length + 1;
  // common[i * width + j]: the longest common part of mine from i and theirs from j. In bounds: i <= mine.length, j < width.
  const common = new Uint32Array((mine.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = mine.length - 1; i >= 0; i -= 1)
    for (let j = theirs.length - 1; j >= 0; j -= 1)
      common[i * width + j] =
        mine[i] === theirs[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < mine.length || j < theirs.length) {
    const [own, other] = [mine[i], theirs[j]];
    if (own !== undefined && own === other) {
      lines.push({ side: 'both', text: own });
      i += 1;
      j += 1;
    } else if (other !== undefined && (own === undefined || at(i, j + 1) >= at(i + 1, j))) {
      lines.push({ side: 'theirs', text: other });
      j += 1;
    } else if (own !== undefined) {
      lines.push({ side: 'mine', text: own });
      i += 1;
    }
  }
  return lines;
}
