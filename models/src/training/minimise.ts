// Kernel over typed arrays of one common length.

export type SmoothFunction = (point: Float64Array, gradient: Float64Array) => number;

export interface MinimiseOptions {
  readonly maxIterations: number;
  /** Stops when no part of the gradient is larger. */
  readonly tolerance: number;
}

const MEMORY = 10;

/**
 * L-BFGS with a backtracking (Armijo) line search (Nocedal & Wright 2006, algorithm 7.4).
 * The function writes its gradient at the point and returns its value.
 */
export function minimise(f: SmoothFunction, start: Float64Array, options: MinimiseOptions): Float64Array {
  let point = start.slice();
  let gradient = new Float64Array(point.length);
  let value = f(point, gradient);
  const steps: Float64Array[] = [];
  const changes: Float64Array[] = [];
  for (let iteration = 0; iteration < options.maxIterations; iteration += 1) {
    if (gradient.every((g) => Math.abs(g) <= options.tolerance)) {
      break;
    }
    let direction = descent(gradient, steps, changes);
    let slope = dot(direction, gradient);
    if (slope >= 0) {
      steps.length = 0;
      changes.length = 0;
      direction = gradient.map((g) => -g);
      slope = -dot(gradient, gradient);
    }
    let length = steps.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    const nextGradient = new Float64Array(point.length);
    let next = point;
    let nextValue = value;
    for (let tries = 0; tries < 40; tries += 1, length /= 2) {
      const step = length;
      next = point.map((x, i) => x + step * (direction[i] as number));
      nextValue = f(next, nextGradient);
      if (nextValue <= value + 1e-4 * length * slope) {
        break;
      }
    }
    if (!(nextValue < value)) {
      break;
    }
    steps.push(next.map((x, i) => x - (point[i] as number)));
    changes.push(nextGradient.map((g, i) => g - (gradient[i] as number)));
    if (steps.length > MEMORY) {
      steps.shift();
      changes.shift();
    }
    point = next;
    value = nextValue;
    gradient = nextGradient;
  }
  return point;
}

function descent(gradient: Float64Array, steps: Float64Array[], changes: Float64Array[]): Float64Array {
  const direction = gradient.map((g) => -g);
  const weights = new Float64Array(steps.length);
  for (let i = steps.length - 1; i >= 0; i -= 1) {
    const s = steps[i] as Float64Array;
    const y = changes[i] as Float64Array;
    weights[i] = dot(s, direction) / dot(s, y);
    addScaled(direction, y, -(weights[i] as number));
  }
  const s = steps.at(-1);
  const y = changes.at(-1);
  if (s !== undefined && y !== undefined) {
    const scale = dot(s, y) / dot(y, y);
    direction.forEach((value, i) => {
      direction[i] = value * scale;
    });
  }
  steps.forEach((step, i) => {
    const y2 = changes[i] as Float64Array;
    addScaled(direction, step, (weights[i] as number) - dot(y2, direction) / dot(step, y2));
  });
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) {
    sum += (a[i] as number) * (b[i] as number);
  }
  return sum;
}

function addScaled(target: Float64Array, other: Float64Array, scale: number): void {
  for (let i = 0; i < target.length; i += 1) {
    target[i] = (target[i] as number) + scale * (other[i] as number);
  }
}
