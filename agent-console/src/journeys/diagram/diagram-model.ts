import type { Meaning } from '../../design/meaning';
import { numberWords } from '../../number/number-words';
import { isShortfall, lossMeaning, lostAt, percent, stepTypeWords } from '../journey-words';

export const ENTRY = 'entry>';

/** A box as it is drawn. Counts are missing in a draft, which has no runs. */
export type StepBox = {
  id: string;
  type: string;
  typeWords: string;
  name: string;
  /** Under way here now; null in a draft. */
  here: number | null;
  /** Who came here and went no further, in words; '' = nobody. */
  loss: string;
  lossMeaning: Meaning;
};

export type WayArrow = {
  id: string;
  from: string;
  to: string;
  /** What leads there, and how many took it. */
  text: string;
  /** Its share of the runs that came to where it begins, 0 to 1; null in a draft. */
  share: number | null;
  meaning: Meaning;
};

export type DiagramModel = { boxes: readonly StepBox[]; arrows: readonly WayArrow[] };

type Node = {
  id: string;
  type: string;
  name: string;
  came?: number;
  here?: number;
  left?: Readonly<Record<string, number>>;
  failed?: number;
};
type Edge = { way: string; from: string; to: string; label: string; runs?: number };

/** Boxes and arrows with their words: the entry first, then the steps. */
export function diagramModel(
  { nodes, edges }: { nodes: readonly Node[]; edges: readonly Edge[] },
  entry: string,
): DiagramModel {
  const begun = nodes[0]?.came;
  const cameTo = new Map(nodes.map(({ id, came }) => [id, came]));
  const boxes = nodes.map((node): StepBox => {
    const { came, left = {}, failed = 0 } = node;
    const lost = lostAt({ left, failed });
    return {
      id: node.id,
      type: node.type,
      typeWords: stepTypeWords(node.type),
      name: node.name,
      here: node.here ?? null,
      loss:
        lost === 0 ? '' : `${numberWords(lost)} left here (${percent(lost / Math.max(came ?? lost, lost))})`,
      lossMeaning: lossMeaning(lost, came ?? 0),
    };
  });
  const arrows = edges.map(({ way, from, to, label, runs }): WayArrow => {
    const of = cameTo.get(from) ?? 0;
    const share = runs === undefined || of === 0 ? null : Math.min(1, runs / of);
    const counted = runs === undefined ? '' : numberWords(runs);
    return {
      id: way,
      from,
      to,
      text: [label, counted].filter((part) => part !== '').join(' · '),
      share,
      meaning: isShortfall(way) ? lossMeaning(runs ?? 0, of) : 'neutral',
    };
  });
  const [first] = nodes;
  const entered: WayArrow[] =
    first === undefined
      ? []
      : [
          {
            id: ENTRY,
            from: ENTRY,
            to: first.id,
            text: begun === undefined ? '' : `${numberWords(begun)} entered`,
            share: begun === undefined || begun === 0 ? null : 1,
            meaning: 'neutral',
          },
        ];
  const start: StepBox = {
    id: ENTRY,
    type: 'entry',
    typeWords: stepTypeWords('entry'),
    name: entry,
    here: null,
    loss: '',
    lossMeaning: 'neutral',
  };
  return { boxes: [start, ...boxes], arrows: [...entered, ...arrows] };
}
