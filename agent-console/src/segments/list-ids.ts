/** As many as the engine takes in one call. */
const IDS_A_CALL = 1_000;

/** Ids out of a pasted text: one a line, or separated by commas or semicolons; of a CSV line, so, every value. Each once. */
export function idsIn(text: string): string[] {
  const parts = text.split(/[\n\r,;\t]+/).map((part) => part.trim().replace(/^"(.*)"$/, '$1'));
  return [...new Set(parts)].filter((part) => part !== '' && part.length <= 512);
}

export function inCalls(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / IDS_A_CALL) }, (_, index) =>
    ids.slice(index * IDS_A_CALL, (index + 1) * IDS_A_CALL),
  );
}
