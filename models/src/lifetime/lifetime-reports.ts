import { buildModelReport, type ModelReport } from '../report/model-report.js';
import { lognormalMoments } from '../training/lognormal-head.js';
import type { AmountMetrics } from './amount-metrics.js';
import type { SurvivalTraining } from './train-survival.js';
import type { ValueTraining } from './train-value.js';

type Said = { readonly split: string; readonly warnings: readonly string[] };

function everyRow(rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row);
}

/** The report of a "gone by when" model: as a yes/no model of "left within the test weeks", with its survival curve. */
export function survivalReport(training: SurvivalTraining, { split, warnings }: Said): ModelReport {
  const { model, metrics, baselines, tested, testWeeks, curve } = training;
  const odds = (outputs: Float64Array) => {
    const left = Math.min(1 - 1e-9, Math.max(1e-9, model.leftWithin(outputs, testWeeks)));
    return Math.log(left / (1 - left));
  };
  return buildModelReport({
    model,
    effects: {
      features: model.manifest.features,
      scorer: model.scorer,
      link: odds,
      shown: (outputs) => model.leftWithin(outputs, testWeeks),
    },
    split,
    metrics,
    baselines,
    table: tested.table,
    tested: { ...tested, rows: everyRow(tested.table.rows) },
    survival: curve,
    warnings,
  });
}

/** The report of a value model: as a yes/no model of "spends anything", with how good its amounts are. */
export function valueReport(training: ValueTraining, { split, warnings }: Said): ModelReport {
  const { model, metrics, baselines, tested, amounts, amountBaselines } = training;
  const figures = ({ correlation, rankCorrelation, gini, rmse, totalRatio }: AmountMetrics) => ({
    correlation,
    rankCorrelation,
    gini,
    rmse,
    totalRatio,
  });
  return buildModelReport({
    model,
    effects: {
      features: model.manifest.features,
      scorer: model.scorer,
      link: (outputs) => Math.log(Math.max(1e-9, lognormalMoments(outputs, 0).expected)),
      shown: (outputs) => lognormalMoments(outputs, 0).expected,
    },
    split,
    metrics,
    baselines,
    table: tested.table,
    tested: { ...tested, rows: everyRow(tested.table.rows) },
    amounts: Object.fromEntries(
      Object.entries({ network: amounts, ...amountBaselines }).flatMap(([name, each]) =>
        each === null ? [] : [[name, figures(each)]],
      ),
    ),
    warnings,
  });
}
