import type { CalibrationPoint } from '../evaluation/calibration-curve.js';
import type { Decile } from '../evaluation/gains-by-decile.js';
import { escapeHtml } from './escape-html.js';
import type { FeatureEffect } from './feature-effects.js';
import type { SurvivalPoint } from './model-report.js';

const SIZE = 320;
const MARGIN = 52;

/** A square plot of shares from 0 to 1 on both axes; `body` is SVG in that frame. */
function frame(title: string, axes: { readonly x: string; readonly y: string }, body: string): string {
  const ticks = [0, 0.25, 0.5, 0.75, 1]
    .map(
      (share) =>
        `<text x="${x(share)}" y="${y(0) + 16}" text-anchor="middle">${share * 100}%</text><text x="${x(0) - 6}" y="${y(share) + 4}" text-anchor="end">${share * 100}%</text>`,
    )
    .join('');
  return `<figure><svg viewBox="0 0 ${SIZE + 2 * MARGIN} ${SIZE + 2 * MARGIN}" role="img" aria-label="${escapeHtml(title)}"><rect x="${x(0)}" y="${y(1)}" width="${SIZE}" height="${SIZE}" class="area"/><line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" class="reference"/>${ticks}<text x="${x(0.5)}" y="${y(0) + 34}" text-anchor="middle">${escapeHtml(axes.x)}</text><text transform="translate(12 ${y(0.5)}) rotate(-90)" text-anchor="middle">${escapeHtml(axes.y)}</text>${body}</svg><figcaption>${escapeHtml(title)}</figcaption></figure>`;
}

function x(share: number): number {
  return Math.round((MARGIN + share * SIZE) * 10) / 10;
}

function y(share: number): number {
  return Math.round((MARGIN + (1 - share) * SIZE) * 10) / 10;
}

function path(points: readonly (readonly [number, number])[]): string {
  return points.map(([a, b], i) => `${i === 0 ? 'M' : 'L'}${x(a)} ${y(b)}`).join('');
}

/** Predicted against observed shares, with intervals; the diagonal is perfect. */
export function calibrationPlot(curve: readonly CalibrationPoint[]): string {
  const bars = curve
    .map(
      ({ predicted, low, high }) =>
        `<line x1="${x(predicted)}" y1="${y(low)}" x2="${x(predicted)}" y2="${y(high)}" class="interval"/>`,
    )
    .join('');
  const dots = curve
    .map(
      ({ predicted, observed, n }) =>
        `<circle cx="${x(predicted)}" cy="${y(observed)}" r="4"><title>${percent(predicted)} predicted, ${percent(observed)} observed, ${n} rows</title></circle>`,
    )
    .join('');
  const line = path(curve.map(({ predicted, observed }) => [predicted, observed] as const));
  return frame(
    'Calibration: what was predicted, and what came (95 % intervals)',
    { x: 'predicted', y: 'observed' },
    `${bars}<path d="${line}" class="line"/>${dots}`,
  );
}

/** Share of positives found when starting from the highest scores; the diagonal is chance. */
export function gainsPlot(deciles: readonly Decile[]): string {
  const points = [
    [0, 0] as const,
    ...deciles.map(({ decile, gain }) => [decile / deciles.length, gain] as const),
  ];
  const dots = points.slice(1).map(([a, b]) => `<circle cx="${x(a)}" cy="${y(b)}" r="4"/>`);
  return frame(
    'Gains: share of positives found among the highest scores',
    { x: 'rows taken', y: 'positives found' },
    `<path d="${path(points)}" class="line"/>${dots.join('')}`,
  );
}

/** Share still there per week: predicted as a line, observed (Kaplan-Meier) as dots. */
export function survivalPlot(points: readonly SurvivalPoint[]): string {
  const weeks = Math.max(1, points.at(-1)?.week ?? 1);
  const at = ({ week }: SurvivalPoint) => week / weeks;
  const dots = points
    .filter(({ observed }) => Number.isFinite(observed))
    .map(
      (point) =>
        `<circle cx="${x(at(point))}" cy="${y(point.observed)}" r="3"><title>week ${point.week}: ${percent(point.observed)} observed, ${percent(point.predicted)} predicted</title></circle>`,
    );
  const line = path([[0, 1] as const, ...points.map((point) => [at(point), point.predicted] as const)]);
  return frame(
    `Still there, by week: predicted (line) and observed (dots); 100% of the axis is ${weeks} weeks`,
    { x: `share of ${weeks} weeks`, y: 'still there' },
    `<path d="${line}" class="line"/>${dots.join('')}`,
  );
}

const BAR_WIDTH = 420;
const BAR_HEIGHT = 22;

/** Horizontal bars of the features' importance. */
export function importancePlot(effects: readonly FeatureEffect[]): string {
  const shown = effects.slice(0, 15);
  const largest = Math.max(1e-9, ...shown.map(({ importance }) => importance));
  const bars = shown
    .map(({ name, importance }, i) => {
      const width = Math.max(1, (importance / largest) * 200);
      const top = i * BAR_HEIGHT;
      return `<text x="200" y="${top + 15}" text-anchor="end">${escapeHtml(name.slice(0, 30))}</text><rect x="208" y="${top + 3}" width="${width.toFixed(1)}" height="16" class="bar"><title>${importance.toFixed(3)}</title></rect>`;
    })
    .join('');
  return `<figure class="bars"><svg viewBox="0 0 ${BAR_WIDTH} ${shown.length * BAR_HEIGHT + 6}" role="img" aria-label="Importance of features">${bars}</svg><figcaption>Importance: how far the log odds move, on average, when a feature is swapped with another row's</figcaption></figure>`;
}

/** Mean prediction with a feature set to each of several values. */
export function dependencePlot({ name, dependence }: FeatureEffect, unit: 'share' | 'amount'): string {
  const said = (value: number) => (unit === 'share' ? percent(value) : value.toFixed(2));
  const highest = Math.max(1e-6, ...dependence.map(({ probability }) => probability));
  const step = BAR_WIDTH / Math.max(1, dependence.length);
  const bars = dependence
    .map(({ value, probability }, i) => {
      const height = (probability / highest) * 90;
      const left = i * step;
      return `<rect x="${(left + 2).toFixed(1)}" y="${(100 - height).toFixed(1)}" width="${(step - 4).toFixed(1)}" height="${height.toFixed(1)}" class="bar"><title>${escapeHtml(value)}: ${said(probability)}</title></rect><text x="${(left + step / 2).toFixed(1)}" y="114" text-anchor="middle" class="small">${escapeHtml(value.slice(0, Math.max(3, Math.floor(step / 6))))}</text>`;
    })
    .join('');
  return `<figure class="small"><svg viewBox="0 0 ${BAR_WIDTH} 120" role="img" aria-label="${escapeHtml(name)}">${bars}</svg><figcaption>${escapeHtml(name)} (highest ${said(highest)})</figcaption></figure>`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
