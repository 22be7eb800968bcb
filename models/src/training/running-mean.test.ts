import { expect, it } from 'vitest';
import type { Parameter } from '../networks/ensemble-shape.js';
import { RunningMean } from './running-mean.js';

const parameter = (value: number): Parameter[] => [
  { name: 'weights', shape: [1], values: Float32Array.from([value]), decays: true },
];

it('is the plain mean of the first steps, and forgets older ones later', () => {
  const mean = new RunningMean(parameter(100), 0.75);
  const value = () => mean.parameters[0]?.values[0];
  mean.add(parameter(1));
  expect(value()).toBe(1);
  mean.add(parameter(3));
  mean.add(parameter(5));
  mean.add(parameter(7));
  expect(value()).toBe(4);
  mean.add(parameter(8));
  expect(value()).toBe(0.75 * 4 + 0.25 * 8);
});

it('keeps to the last step where nothing is to be kept', () => {
  const mean = new RunningMean(parameter(1), 0);
  mean.add(parameter(2));
  mean.add(parameter(6));
  expect(mean.parameters[0]?.values[0]).toBe(6);
});
