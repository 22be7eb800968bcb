export type TextPart = { readonly kind: 'text' | 'link' | 'break'; readonly text: string };

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]/g;

function lineParts(line: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of line.matchAll(LINK)) {
    parts.push({ kind: 'text', text: line.slice(end, match.index) }, { kind: 'link', text: match[0] });
    end = match.index + match[0].length;
  }
  return [...parts, { kind: 'text' as const, text: line.slice(end) }].filter(({ text }) => text !== '');
}

/** Plain words as a layout shows them: paragraphs at blank lines, breaks, links that can be clicked. */
export function paragraphsOf(text: string): readonly (readonly TextPart[])[] {
  return text
    .replaceAll('\r\n', '\n')
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) =>
      paragraph
        .split('\n')
        .flatMap((line, index): TextPart[] => [
          ...(index === 0 ? [] : [{ kind: 'break' as const, text: '' }]),
          ...lineParts(line),
        ]),
    );
}
