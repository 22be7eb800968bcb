import { getSimulation, startSimulation, stopSimulation } from '../calls/simulation.js';
import { simulateRequest, simulationQuery, simulationView } from '../shapes/simulation.js';
import { type Endpoint, endpoint } from './endpoint.js';

const common = { tag: 'catalogue', scope: 'catalogue:read', answer: simulationView } as const;
const SIMULATION = '/v1/simulations/{simulationId}';

export const simulationEndpoints: readonly Endpoint[] = [
  endpoint({
    ...common,
    method: 'POST',
    path: '/v1/simulations',
    operationId: 'startSimulation',
    summary: 'Ask every customer under the catalogue in force and under a draft; nothing is written',
    input: simulateRequest,
    errors: ['unknown_draft', 'unknown_segment', 'catalogue_invalid', 'simulation_running'],
    once: true,
    twin: 'simulation.start',
    run: startSimulation,
  }),
  endpoint({
    ...common,
    method: 'GET',
    path: SIMULATION,
    operationId: 'getSimulation',
    summary: 'Say how far a simulation is, and what it came to',
    input: simulationQuery,
    errors: ['unknown_simulation'],
    twin: 'simulation.get',
    run: getSimulation,
  }),
  endpoint({
    ...common,
    method: 'DELETE',
    path: SIMULATION,
    operationId: 'stopSimulation',
    summary: 'Stop a simulation that runs',
    input: simulationQuery,
    errors: ['unknown_simulation'],
    once: true,
    twin: 'simulation.stop',
    run: stopSimulation,
  }),
];
