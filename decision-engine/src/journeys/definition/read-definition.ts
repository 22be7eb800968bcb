import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

/** What is wrong with a definition, and where in the text it came as. */
export type DefinitionProblem = {
  readonly message: string;
  /** Line of the text, from 1; null where it came as data. */
  readonly line: number | null;
};

export type ReadDefinition =
  | {
      readonly ok: true;
      readonly definition: unknown;
      /** The text, where it came as one. */
      readonly source: string | undefined;
      /** Puts problems of the definition to the lines they are about. */
      locate(problems: readonly string[]): readonly DefinitionProblem[];
    }
  | { readonly ok: false; readonly problems: readonly DefinitionProblem[] };

/** The path a problem names: `Expected "steps[3].timedOut" to be …` is about steps, 3, timedOut. */
function pathOf(message: string): string[] {
  const path = /^(?:Expected|Unknown field) "(?<path>[^"]+)"/.exec(message)?.groups?.['path'] ?? '';
  return path.split(/[.[\]]+/).filter((part) => part !== '');
}

/** The node a path leads to, or the deepest on the way that is there. */
function nodeAt(root: unknown, path: readonly string[]): Node | null {
  let node: Node | null = isNode(root) ? root : null;
  for (const part of path) {
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part);
      next = pair?.value ?? pair?.key;
    } else if (isSeq(node)) next = node.items[Number(part)];
    if (!isNode(next)) return node;
    node = next;
  }
  return node;
}

/** Reads a definition that came as text in YAML or JSON, or as data. */
export function readDefinition(given: unknown): ReadDefinition {
  if (typeof given !== 'string') {
    const locate = (problems: readonly string[]) => problems.map((message) => ({ message, line: null }));
    return { ok: true, definition: given, source: undefined, locate };
  }
  const lines = new LineCounter();
  const document = parseDocument(given, { lineCounter: lines });
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message, pos }) => ({
      message: message.split('\n')[0] ?? message,
      line: lines.linePos(pos[0]).line,
    }));
    return { ok: false, problems };
  }
  let definition: unknown;
  try {
    definition = document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return { ok: false, problems: [{ message: error.message, line: null }] };
  }
  const locate = (problems: readonly string[]) =>
    problems.map((message) => {
      const start = nodeAt(document.contents, pathOf(message))?.range?.[0];
      return { message, line: start === undefined ? null : lines.linePos(start).line };
    });
  return { ok: true, definition, source: given, locate };
}
