'use client';

import styles from './chart.module.css';
import { ChartFrame } from './chart-frame';
import { extentOf, linearScale } from './scale';

type Pair = { inForce: number; shadow: number; yes: boolean | null };

const HEIGHT = 260;
const LEFT = 40;
const BOTTOM = 32;

/** Two models' scores of the same offers: on the dashed line they agree. */
export function PairChart({ pairs, label }: { pairs: readonly Pair[]; label: string }): React.ReactNode {
  const [, most] = extentOf(
    pairs.flatMap(({ inForce, shadow }) => [inForce, shadow]),
    0.04,
  ) ?? [0, 1];
  const end = Math.min(1, most);
  const draw = (width: number): React.ReactNode => {
    const side = Math.min(width - LEFT - 12, 480);
    const x = linearScale({ domain: [0, end], range: [LEFT, LEFT + side], ticks: 5 });
    const y = linearScale({ domain: [0, end], range: [HEIGHT - BOTTOM, 8], ticks: 5 });
    return (
      <>
        {y.ticks.map((tick) => (
          <g key={tick}>
            <line x1={LEFT} x2={LEFT + side} y1={y.at(tick)} y2={y.at(tick)} className={styles.grid} />
            <text x={LEFT - 6} y={y.at(tick) + 4} textAnchor="end">
              {Math.round(tick * 100)} %
            </text>
            <text x={x.at(tick)} y={HEIGHT - BOTTOM + 14} textAnchor="middle">
              {Math.round(tick * 100)} %
            </text>
          </g>
        ))}
        <line x1={x.at(0)} y1={y.at(0)} x2={x.at(end)} y2={y.at(end)} className={styles.ideal} />
        <text x={LEFT + side / 2} y={HEIGHT - 4} textAnchor="middle">
          in force
        </text>
        <text x={LEFT + 6} y={18}>
          shadow
        </text>
        {pairs.map(({ inForce, shadow, yes }, index) => (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: pairs have no name
            key={index}
            cx={x.at(inForce)}
            cy={y.at(shadow)}
            r={3}
            className={yes === null ? styles.dot : yes ? styles.dotYes : styles.dotNo}
          />
        ))}
      </>
    );
  };
  return (
    <ChartFrame
      label={label}
      height={HEIGHT}
      draw={draw}
      table={{
        columns: ['In force', 'Shadow', 'Answer'],
        rows: pairs.map(({ inForce, shadow, yes }) => [
          inForce.toFixed(3),
          shadow.toFixed(3),
          yes === null ? 'not known' : yes ? 'yes' : 'no',
        ]),
      }}
    />
  );
}
