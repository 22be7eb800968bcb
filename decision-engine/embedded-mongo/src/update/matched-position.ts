import { type Doc, isDoc, type Maybe } from '../bson/value.js';
import type { FieldNode, FilterNode } from '../query/node.js';
import { arrayPosition, visitPath } from '../query/path.js';

/** Which element of the first array on a matching condition's path made it match: what the positional `$` means. */
export function matchedPosition(node: FilterNode, doc: Doc): number | undefined {
  switch (node.kind) {
    case 'and': {
      let found: number | undefined;
      for (const inner of node.nodes) found = matchedPosition(inner, doc) ?? found;
      return found;
    }
    case 'or':
      for (const inner of node.nodes) {
        const found = matchedPosition(inner, doc);
        if (found !== undefined) return found;
      }
      return undefined;
    case 'field':
      return positionOf(node, doc);
    case 'nor':
    case 'not':
    case 'test':
      return undefined;
  }
}

function positionOf(node: FieldNode, doc: Doc): number | undefined {
  let value: Maybe = doc;
  for (let i = 0; i <= node.parts.length; i++) {
    const part = node.parts[i];
    if (Array.isArray(value)) {
      const rest = node.parts.slice(i);
      const explicit = part === undefined ? undefined : arrayPosition(part);
      if (explicit !== undefined) return explicit;
      const at = value.findIndex((item) =>
        rest.length === 0
          ? node.test(node.operator.startsWith('elemMatch') ? [item] : item)
          : (isDoc(item) || Array.isArray(item)) && visitPath(item, rest, node.test),
      );
      return at < 0 ? undefined : at;
    }
    if (part === undefined || !isDoc(value)) return undefined;
    value = value[part];
  }
  return undefined;
}
