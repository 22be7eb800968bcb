import type { Estimate } from '../evaluation/evaluate-binary.js';
import { escapeHtml } from './escape-html.js';
import type { ModelReport, ReportFigures } from './model-report.js';
import { calibrationPlot, dependencePlot, gainsPlot, importancePlot, survivalPlot } from './plots.js';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:980px;margin:2rem auto;padding:0 1rem;color:#1c2430;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.3rem .6rem;border-bottom:1px solid #dde2e8;text-align:right}th:first-child,td:first-child,th.text,td.text{text-align:left}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:1rem}figure{margin:0}figcaption{color:#56606e;font-size:.85rem}
svg{width:100%;height:auto;font-size:11px;fill:#56606e}.area{fill:#f5f7f9}.reference{stroke:#9aa4b0;stroke-dasharray:4 4}
.line{fill:none;stroke:#0b62c4;stroke-width:2}.interval{stroke:#8bb4e6;stroke-width:2}circle,.bar{fill:#0b62c4}.small{font-size:9px}.bars{max-width:560px}
.warning{background:#fff5dc;border-left:4px solid #c98a00;padding:.4rem .8rem;margin:.4rem 0}.low{color:#a32020;font-weight:600}
@media(prefers-color-scheme:dark){body{background:#14181e;color:#e6eaf0}th,td{border-color:#333b46}.area{fill:#1d232b}figcaption,svg{color:#9aa4b0;fill:#9aa4b0}.warning{background:#33290f}.line{stroke:#6aabf7}circle,.bar{fill:#6aabf7}}`;

const METRICS = [
  ['auc', 'AUC'],
  ['averagePrecision', 'Average precision'],
  ['logLoss', 'Log loss'],
  ['brier', 'Brier'],
  ['ece', 'ECE'],
] as const;

/** The report as one HTML page that needs nothing from outside. */
export function renderReport(report: ModelReport): string {
  const title = `${report.name} ${report.version}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>
<h1>Model ${escapeHtml(title)}</h1>
<p>Trained ${escapeHtml(report.trainedAt)} on ${count(report.data.rows)} rows${report.data.source === undefined ? '' : ` of ${escapeHtml(report.data.source)}`}, seed ${report.seed}, backend ${escapeHtml(report.backend)}. Tested on ${count(report.n)} rows, ${count(report.positives)} of them positive: ${escapeHtml(report.split)}. Calibration: ${escapeHtml(report.calibration.kind)}.</p>
${report.warnings.map((warning) => `<p class="warning">${escapeHtml(warning)}</p>`).join('\n')}
<h2>How good it is</h2>
<table><thead><tr><th>model</th>${METRICS.map(([, label]) => `<th>${label}</th>`).join('')}</tr></thead><tbody>
${metricsRow('this model', report.metrics)}
${Object.entries(report.baselines)
  .map(([name, figures]) => metricsRow(name, figures))
  .join('\n')}
</tbody></table>
<p>With 95 % bootstrap intervals. AUC and average precision: higher is better; the others: lower.</p>
<div class="plots">${calibrationPlot(report.curve)}${gainsPlot(report.deciles)}${report.survival === undefined ? '' : survivalPlot(report.survival)}</div>
${amounts(report)}
<h2>By decile of the score</h2>
<table><thead><tr><th>decile</th><th>rows</th><th>positives</th><th>mean score</th><th>lift</th><th>found so far</th></tr></thead><tbody>
${report.deciles.map((row) => `<tr><td>${row.decile}</td><td>${count(row.n)}</td><td>${count(row.positives)}</td><td>${percent(row.meanScore)}</td><td>${row.lift.toFixed(2)}</td><td>${percent(row.gain)}</td></tr>`).join('\n')}
</tbody></table>
<h2>What it looks at</h2>
${importancePlot(report.effects)}
<h2>Prediction by value</h2>
<p>Mean prediction of a sample of rows with one feature set to each value, the others as they are.</p>
<div class="plots">${report.effects
    .slice(0, 12)
    .map((effect) => dependencePlot(effect, report.amounts === undefined ? 'share' : 'amount'))
    .join('')}</div>
${slices(report)}
<h2>To repeat it</h2>
<p>Artifact ${escapeHtml(report.artifactHash)}, data ${escapeHtml(report.data.fingerprint)}, seed ${report.seed}.</p>
</body></html>
`;
}

function metricsRow(name: string, figures: ReportFigures): string {
  return `<tr><td>${escapeHtml(name)}</td>${METRICS.map(([metric]) => `<td>${estimate(figures[metric])}</td>`).join('')}</tr>`;
}

function estimate({ value, low, high }: Estimate): string {
  const known = (figure: number): boolean => Number.isFinite(figure);
  return known(value)
    ? `${value.toFixed(4)}${known(low) ? `<br><small>${low.toFixed(4)}–${high.toFixed(4)}</small>` : ''}`
    : 'none';
}

function amounts({ amounts: all }: ModelReport): string {
  if (all === undefined) {
    return '';
  }
  const rows = Object.entries(all).map(
    ([name, { correlation, rankCorrelation, gini, rmse, totalRatio }]) =>
      `<tr><td>${escapeHtml(name)}</td>${[correlation, rankCorrelation, gini, rmse, totalRatio].map((figure) => `<td>${figure === undefined ? '' : estimate(figure)}</td>`).join('')}</tr>`,
  );
  return `<h2>Expected amounts</h2>
<p>The figures above are of "spends anything"; these of how much. The ratio of totals is 1 where the sum is right.</p>
<table><thead><tr><th>model</th><th>correlation</th><th>of ranks</th><th>Gini, 1 is perfect</th><th>root mean squared error</th><th>ratio of totals</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>`;
}

function slices({ slices: all }: ModelReport): string {
  if (all.length === 0) {
    return '';
  }
  const rows = all.map(
    (slice) =>
      `<tr><td>${escapeHtml(slice.column)}</td><td class="text">${escapeHtml(slice.level)}</td><td>${count(slice.n)}</td><td>${percent(slice.observed)} <small>(${percent(slice.low)}–${percent(slice.high)})</small></td><td${slice.predicted < slice.low || slice.predicted > slice.high ? ' class="low"' : ''}>${percent(slice.predicted)}</td><td>${Number.isFinite(slice.auc) ? slice.auc.toFixed(3) : 'none'}</td><td>${percent(slice.selected)}</td><td${slice.selectionRatio < 0.8 ? ' class="low"' : ''}>${slice.selectionRatio.toFixed(2)}</td></tr>`,
  );
  return `<h2>By segment</h2>
<p>Selected: scored among the highest, as many as there are positives. Marked: predictions outside the observed interval, and segments selected less than 0.8 times as often as the most selected one.</p>
<table><thead><tr><th>column</th><th class="text">segment</th><th>rows</th><th>observed</th><th>predicted</th><th>AUC</th><th>selected</th><th>ratio</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function count(n: number): string {
  return n.toLocaleString('en');
}
