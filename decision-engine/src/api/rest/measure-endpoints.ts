import { getExperiments, getMeasureRows, getMeasures } from '../calls/measures.js';
import { nothing } from '../shapes/catalogue.js';
import {
  experimentList,
  measureReport,
  measureRows,
  measureRowsQuery,
  measuresQuery,
} from '../shapes/measure.js';
import { type Endpoint, endpoint } from './endpoint.js';

const reading = { tag: 'measures', scope: 'dashboards:read', method: 'GET' } as const;

export const measureEndpoints: readonly Endpoint[] = [
  endpoint({
    ...reading,
    path: '/v1/measures',
    operationId: 'getMeasures',
    summary: 'Work out every measure of a window, each with its sample and 95 % interval',
    input: measuresQuery,
    answer: measureReport,
    errors: ['window_too_large'],
    twin: 'measure.report',
    run: getMeasures,
  }),
  endpoint({
    ...reading,
    path: '/v1/measures/{measure}/rows',
    operationId: 'getMeasureRows',
    summary: 'List the events behind a figure, the newest first',
    input: measureRowsQuery,
    answer: measureRows,
    errors: ['invalid_cursor'],
    twin: 'measure.rows',
    run: getMeasureRows,
  }),
  endpoint({
    tag: 'measures',
    scope: 'experiments:read',
    method: 'GET',
    path: '/v1/experiments',
    operationId: 'getExperiments',
    summary: 'Say what came of each experiment and of the hold-out',
    input: nothing,
    answer: experimentList,
    errors: ['window_too_large'],
    twin: 'experiment.list',
    run: getExperiments,
  }),
];
