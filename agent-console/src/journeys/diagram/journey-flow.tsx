'use client';

import {
  Background,
  BackgroundVariant,
  Controls,
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useMemo, useState } from 'react';
import { classNames } from '../../design/class-names';
import { MeaningMark } from '../../design/meaning';
import { countText } from '../journey-words';
import { type DiagramModel, ENTRY, type StepBox, type WayArrow } from './diagram-model';
import styles from './journey-flow.module.css';
import { layOut, type Point, softPath } from './lay-out';

type StepNode = Node<StepBox & { height: number }, 'step'>;
type WayEdge = Edge<WayArrow & { points: readonly Point[]; label: Point }, 'way'>;

const WIDTH = 212;
const HEIGHT = 58;
/** What a line more in a box takes. */
const LINE = 18;
const LABEL_HEIGHT = 20;
/** Roughly what a character of a label takes; names longer than the rest are cut by the layout anyway. */
const CHARACTER = 6.4;

function StepNodeView({ data, selected }: NodeProps<StepNode>): React.ReactNode {
  return (
    <div
      className={classNames(styles.step, selected && styles.selected, data.type === 'end' && styles.end)}
      style={{ width: WIDTH, height: data.height }}
    >
      <Handle type="target" position={Position.Top} isConnectable={false} className={styles.handle} />
      <span className={styles.type}>{data.typeWords}</span>
      <span className={styles.name}>{data.name}</span>
      {data.here === null || data.here === 0 ? null : (
        <span className={styles.here} title="Under way, here now">
          {countText(data.here)} here
        </span>
      )}
      {data.loss === '' ? null : (
        <span className={styles.loss}>
          <MeaningMark meaning={data.lossMeaning} />
          {data.loss}
        </span>
      )}
      <Handle type="source" position={Position.Bottom} isConnectable={false} className={styles.handle} />
    </div>
  );
}

function WayEdgeView({ id, data, markerEnd }: EdgeProps<WayEdge>): React.ReactNode {
  if (data === undefined) return null;
  const { points, label, text, share, meaning } = data;
  return (
    <>
      <path
        id={id}
        d={softPath(points)}
        className={classNames(styles.way, styles[meaning], share === 0 && styles.unused)}
        style={{ strokeWidth: 1 + 3 * (share ?? 0) }}
        {...(markerEnd === undefined ? {} : { markerEnd })}
      />
      {text === '' ? null : (
        <EdgeLabelRenderer>
          <span
            className={classNames(styles.label, styles[meaning])}
            style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}
          >
            {meaning === 'neutral' ? null : <MeaningMark meaning={meaning} />}
            {text}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
}

const NODE_TYPES = { step: StepNodeView };
const EDGE_TYPES = { way: WayEdgeView };

type Props = {
  model: DiagramModel;
  selected: string | null;
  onSelect: (stepId: string | null) => void;
  /** For ears. */
  label: string;
};

/** The journey as boxes and arrows: drag, zoom, and pick a step with pointer or keyboard. */
export function JourneyFlow({ model, selected, onSelect, label }: Props): React.ReactNode {
  const laid = useMemo(() => {
    const boxes = model.boxes.map((box) => ({ id: box.id, width: WIDTH, height: heightOf(box) }));
    const arrows = model.arrows.map(({ id, from, to, text }) => ({
      id,
      from,
      to,
      labelWidth: text.length * CHARACTER + 12,
      labelHeight: LABEL_HEIGHT,
    }));
    return layOut(boxes, arrows);
  }, [model]);
  // Where somebody dragged a box to; it keeps its place while counts change.
  const [moved, setMoved] = useState<ReadonlyMap<string, Point>>(new Map());
  const nodes = model.boxes.map((box): StepNode => {
    const words = [box.typeWords, box.name, box.here === null ? '' : `${box.here} here`, box.loss];
    return {
      id: box.id,
      type: 'step',
      position: moved.get(box.id) ?? laid.boxes.get(box.id) ?? { x: 0, y: 0 },
      data: { ...box, height: heightOf(box) },
      width: WIDTH,
      height: heightOf(box),
      selected: box.id === selected,
      selectable: box.id !== ENTRY,
      ariaLabel: words.filter((word) => word !== '').join(', '),
    };
  });
  const edges = model.arrows.flatMap((arrow): WayEdge[] => {
    const line = laid.arrows.get(arrow.id);
    if (line === undefined) return [];
    const shift = (id: string): Point => {
      const from = laid.boxes.get(id);
      const to = moved.get(id);
      return from === undefined || to === undefined ? { x: 0, y: 0 } : { x: to.x - from.x, y: to.y - from.y };
    };
    const start = shift(arrow.from);
    const end = shift(arrow.to);
    const last = line.points.length - 1;
    const points = line.points.map(({ x, y }, index) => {
      const share = last === 0 ? 0 : index / last;
      return {
        x: x + start.x * (1 - share) + end.x * share,
        y: y + start.y * (1 - share) + end.y * share,
      };
    });
    const middle = {
      x: line.label.x + (start.x + end.x) / 2,
      y: line.label.y + (start.y + end.y) / 2,
    };
    return [
      {
        id: arrow.id,
        type: 'way',
        source: arrow.from,
        target: arrow.to,
        focusable: false,
        data: { ...arrow, points, label: middle },
      },
    ];
  });
  return (
    <ReactFlowProvider>
      <section aria-label={label} className={styles.flow}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          nodesConnectable={false}
          edgesReconnectable={false}
          deleteKeyCode={null}
          elementsSelectable
          fitView
          fitViewOptions={{ padding: 0.12, maxZoom: 1, minZoom: 0.4 }}
          minZoom={0.2}
          maxZoom={1.6}
          preventScrolling={false}
          proOptions={{ hideAttribution: true }}
          onNodeClick={(_, node) => onSelect(node.id === ENTRY ? null : node.id)}
          onPaneClick={() => onSelect(null)}
          onNodesChange={(changes) => {
            for (const change of changes) {
              const { type } = change;
              if (type === 'select' && change.selected) onSelect(change.id);
              if (type === 'position' && change.position !== undefined) {
                const { id, position } = change;
                setMoved((before) => new Map(before).set(id, position));
              }
            }
          }}
        >
          <Background
            variant={BackgroundVariant.Dots}
            gap={20}
            size={1}
            className={classNames(styles.ground)}
          />
          <Controls showInteractive={false} className={classNames(styles.controls)} />
        </ReactFlow>
      </section>
    </ReactFlowProvider>
  );
}

function heightOf({ loss }: StepBox): number {
  return HEIGHT + (loss === '' ? 0 : LINE);
}
