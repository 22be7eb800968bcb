'use client';

import styles from './chart.module.css';
import { ChartFrame } from './chart-frame';
import { extentOf, linearScale } from './scale';

export type LinePoint = {
  /** What stands under it, where there is room. */
  readonly name: string;
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  /** What it is held against: the period before, or what was predicted. */
  readonly other?: number | null;
};

type Props = {
  points: readonly LinePoint[];
  format: (value: number) => string;
  label: string;
  /** Said at the end of each line. */
  names: { readonly value: string; readonly other?: string };
  height?: number;
  caption?: React.ReactNode;
};

const LEFT = 48;
const BOTTOM = 22;
const RIGHT = 96;

/** A figure over time with its interval, beside what it is held against (dashed); lines are named where they end. */
export function LineChart({ points, format, label, names, height = 180, caption }: Props): React.ReactNode {
  const domain = extentOf(
    points.flatMap(({ value, low, high, other }) => [value, low, high, other]),
    0.08,
  ) ?? [0, 1];
  const draw = (width: number): React.ReactNode => {
    const right = Math.max(LEFT + 40, width - (width < 420 ? 8 : RIGHT));
    const x = linearScale({ domain: [0, Math.max(1, points.length - 1)], range: [LEFT, right] });
    const y = linearScale({ domain, range: [height - BOTTOM, 10] });
    const every = Math.max(1, Math.ceil(points.length / Math.max(2, Math.floor((right - LEFT) / 72))));
    const band = points.flatMap((point, index) =>
      typeof point.low === 'number' && typeof point.high === 'number'
        ? [{ x: x.at(index), low: y.at(point.low), high: y.at(point.high) }]
        : [],
    );
    const last = points.at(-1);
    return (
      <>
        {y.ticks.map((tick) => (
          <g key={tick}>
            <line x1={LEFT} x2={right} y1={y.at(tick)} y2={y.at(tick)} className={styles.grid} />
            <text x={LEFT - 6} y={y.at(tick) + 4} textAnchor="end">
              {format(tick)}
            </text>
          </g>
        ))}
        {points.map(({ name }, index) =>
          index % every === 0 ? (
            <text key={name} x={x.at(index)} y={height - 4} textAnchor={index === 0 ? 'start' : 'middle'}>
              {name}
            </text>
          ) : null,
        )}
        {band.length < 2 ? null : (
          <path
            d={`M${band.map((each) => `${each.x} ${each.high}`).join('L')}L${band
              .toReversed()
              .map((each) => `${each.x} ${each.low}`)
              .join('L')}Z`}
            className={styles.band}
          />
        )}
        <path
          d={pathOf(
            points.map(({ other }) => other ?? null),
            x.at,
            y.at,
          )}
          className={styles.line2}
        />
        <path
          d={pathOf(
            points.map(({ value }) => value),
            x.at,
            y.at,
          )}
          className={styles.line}
        />
        {points.map(({ name, value }, index) =>
          value === null ? null : (
            <circle key={name} cx={x.at(index)} cy={y.at(value)} r={2.5} className={styles.mark}>
              <title>{`${name}: ${format(value)}`}</title>
            </circle>
          ),
        )}
        {width < 420 || last === undefined ? null : (
          <EndNames last={last} names={names} at={{ x: right + 8, y: y.at }} />
        )}
      </>
    );
  };
  const withOther = names.other !== undefined;
  return (
    <ChartFrame
      label={label}
      height={height}
      draw={draw}
      caption={caption}
      table={{
        columns: ['From', names.value, '95 % interval', ...(withOther ? [names.other ?? ''] : [])],
        rows: points.map(({ name, value, low, high, other }) => [
          name,
          value === null ? 'not known' : format(value),
          typeof low === 'number' && typeof high === 'number' ? `${format(low)} to ${format(high)}` : '',
          ...(withOther ? [typeof other === 'number' ? format(other) : ''] : []),
        ]),
      }}
    />
  );
}

type EndNamesProps = {
  last: LinePoint;
  names: Props['names'];
  at: { x: number; y: (value: number) => number };
};

/** The names of the lines at their right ends, kept apart where they would lie on each other. */
function EndNames({ last, names, at }: EndNamesProps): React.ReactNode {
  const own = last.value === null ? null : at.y(last.value);
  const other = typeof last.other === 'number' ? at.y(last.other) : null;
  const tooNear = own !== null && other !== null && Math.abs(own - other) < 13;
  const shift = tooNear ? (own <= other ? 13 - (other - own) : own - other - 13) : 0;
  return (
    <>
      {own === null ? null : (
        <text x={at.x} y={own + 4} style={{ fill: 'var(--accent-text)', fontWeight: 600 }}>
          {names.value}
        </text>
      )}
      {other === null || names.other === undefined ? null : (
        <text x={at.x} y={other + 4 + shift}>
          {names.other}
        </text>
      )}
    </>
  );
}

function pathOf(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let pen = 'M';
  return values
    .map((value, index) => {
      if (value === null) {
        pen = 'M';
        return '';
      }
      const part = `${pen}${x(index)} ${y(value)}`;
      pen = 'L';
      return part;
    })
    .join('');
}
