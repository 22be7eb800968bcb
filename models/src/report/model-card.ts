import type { Estimate } from '../evaluation/evaluate-binary.js';
import type { ModelReport } from './model-report.js';

/** The model card: the same facts as the report, in Markdown, for reading beside the artifact. */
export function modelCard(report: ModelReport): string {
  const { metrics } = report;
  const lines = [
    `# ${report.name} ${report.version}`,
    '',
    `A probability per customer, from an ensemble of small TensorFlow.js networks, calibrated (${report.calibration.kind}).`,
    '',
    '## Data',
    `- ${report.data.rows.toLocaleString('en')} rows${report.data.positives === undefined ? '' : `, ${report.data.positives.toLocaleString('en')} positive`}${report.data.source === undefined ? '' : `, from ${report.data.source}`}`,
    ...(report.data.window === undefined
      ? []
      : [`- events from ${report.data.window.from} to ${report.data.window.to}`]),
    `- fingerprint ${report.data.fingerprint}`,
    '',
    '## Test',
    `${report.n.toLocaleString('en')} rows, ${report.positives.toLocaleString('en')} positive: ${report.split}. 95 % intervals.`,
    '',
    '| model | AUC | average precision | log loss | Brier | ECE |',
    '|---|---|---|---|---|---|',
    row('this model', metrics),
    ...Object.entries(report.baselines).map(([name, figures]) => row(name, figures)),
    '',
    '## What it looks at most',
    ...report.effects
      .slice(0, 8)
      .map(({ name, importance }, i) => `${i + 1}. ${name} (${importance.toFixed(3)})`),
    '',
    '## Limits',
    '- It has learnt what was, and knows nothing of changes since. Compare its calibration with what comes.',
    '- Its reasons say what the prediction rests on, not what would change the outcome.',
    ...report.slices
      .filter(({ selectionRatio }) => selectionRatio < 0.8)
      .map(
        ({ column, level, selectionRatio }) =>
          `- ${column} = ${level} is selected ${selectionRatio.toFixed(2)} times as often as the most selected segment.`,
      ),
    ...report.warnings.map((warning) => `- ${warning}`),
    '',
    '## To repeat it',
    `Seed ${report.seed}, backend ${report.backend}, artifact ${report.artifactHash}, trained ${report.trainedAt}.`,
    '',
  ];
  return lines.join('\n');
}

function row(name: string, figures: ModelReport['metrics']): string {
  const { auc, averagePrecision, logLoss, brier, ece } = figures;
  return `| ${name} | ${[auc, averagePrecision, logLoss, brier, ece].map(cell).join(' | ')} |`;
}

function cell({ value, low, high }: Estimate): string {
  return Number.isFinite(value) ? `${value.toFixed(4)} (${low.toFixed(3)}–${high.toFixed(3)})` : 'none';
}
