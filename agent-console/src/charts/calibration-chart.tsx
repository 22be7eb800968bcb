'use client';

import { numberWords } from '../number/number-words';
import styles from './chart.module.css';
import { ChartFrame } from './chart-frame';
import { extentOf, linearScale } from './scale';

type Bin = { n: number; predicted: number; observed: number; low: number; high: number };

const HEIGHT = 260;
const LEFT = 40;
const BOTTOM = 32;

/** Predicted against observed shares: on the dashed line, what was said is what came. */
export function CalibrationChart({ bins, label }: { bins: readonly Bin[]; label: string }): React.ReactNode {
  const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
  const [, most] = extentOf(
    bins.flatMap(({ predicted, high }) => [predicted, high]),
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
          <g key={`y${tick}`}>
            <line x1={LEFT} x2={LEFT + side} y1={y.at(tick)} y2={y.at(tick)} className={styles.grid} />
            <text x={LEFT - 6} y={y.at(tick) + 4} textAnchor="end">
              {Math.round(tick * 100)} %
            </text>
          </g>
        ))}
        {x.ticks.map((tick) => (
          <text key={`x${tick}`} x={x.at(tick)} y={HEIGHT - BOTTOM + 14} textAnchor="middle">
            {Math.round(tick * 100)} %
          </text>
        ))}
        <text x={LEFT + side / 2} y={HEIGHT - 4} textAnchor="middle">
          predicted
        </text>
        <text x={LEFT + 6} y={18}>
          came
        </text>
        <line x1={x.at(0)} y1={y.at(0)} x2={x.at(end)} y2={y.at(end)} className={styles.ideal} />
        <text x={x.at(end * 0.22) + 10} y={y.at(end * 0.22) + 12}>
          as predicted
        </text>
        {bins.map(({ predicted, observed, low, high, n }) => (
          <g key={`${predicted} ${observed} ${n}`}>
            <line
              x1={x.at(predicted)}
              x2={x.at(predicted)}
              y1={y.at(low)}
              y2={y.at(Math.min(high, end))}
              className={styles.reach}
            />
            <circle cx={x.at(predicted)} cy={y.at(observed)} r={4} className={styles.mark}>
              <title>{`${percent(predicted)} predicted, ${percent(observed)} came (${percent(low)} to ${percent(high)}), ${n} cases`}</title>
            </circle>
          </g>
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
        columns: ['Predicted', 'Came', '95 % interval', 'Cases'],
        rows: bins.map(({ predicted, observed, low, high, n }) => [
          percent(predicted),
          percent(observed),
          `${percent(low)} to ${percent(high)}`,
          numberWords(n),
        ]),
      }}
    />
  );
}
