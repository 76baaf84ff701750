import { type LongWork, yieldToEventLoop } from "@athanor/core";

/** A smooth function: its value, with the gradient written into `into`. */
export type Smooth = (x: Float64Array, into: Float64Array) => number;

export interface MinimiseOptions extends LongWork {
  readonly maxIterations: number;
  /** Largest entry of the gradient at which to stop. */
  readonly tolerance: number;
}

/** Iterations in a row that may lower the value by no more than rounding does; some are needed where it is flat. */
const mostIdle = 20;

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/**
 * Minimises by L-BFGS with ten remembered steps and a backtracking line search.
 *
 * @see Nocedal and Wright 2006, "Numerical optimization", algorithm 7.4
 */
export async function minimise(
  f: Smooth,
  start: Float64Array,
  { maxIterations, tolerance, signal, onProgress }: MinimiseOptions,
): Promise<Float64Array> {
  let x: Float64Array = Float64Array.from(start);
  let gradient: Float64Array = new Float64Array(x.length);
  let value = f(x, gradient);
  let idle = 0;
  const steps: { readonly s: Float64Array; readonly y: Float64Array; readonly rho: number }[] = [];
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (gradient.every((slope) => Math.abs(slope) <= tolerance)) break;
    const direction = quasiNewton(gradient);
    const slope = dot(gradient, direction);
    let [size, moved, fresh, freshValue]: [number, Float64Array, Float64Array, number] = [
      steps.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1,
      x,
      gradient,
      value,
    ];
    let isLower = false;
    for (let attempt = 0; attempt < 40; attempt++, size /= 2) {
      moved = x.map((each, i) => each + size * direction[i]!);
      fresh = new Float64Array(x.length);
      freshValue = f(moved, fresh);
      isLower = freshValue <= value + 1e-4 * size * slope;
      if (isLower) break;
    }
    if (!isLower) break;
    const s = moved.map((each, i) => each - x[i]!);
    const y = fresh.map((each, i) => each - gradient[i]!);
    const curvature = dot(s, y);
    if (curvature > Number.EPSILON * dot(y, y)) steps.push({ s, y, rho: 1 / curvature });
    if (steps.length > 10) steps.shift();
    idle = value - freshValue <= Number.EPSILON * Math.abs(value) ? idle + 1 : 0;
    [x, gradient, value] = [moved, fresh, freshValue];
    if (idle >= mostIdle) break;
    onProgress?.({
      stage: "minimising",
      done: iteration + 1,
      total: maxIterations,
      unit: "iterations",
      metrics: { loss: value },
    });
    await yieldToEventLoop(signal);
  }
  return x;

  /** −H g from the remembered steps, in two loops. */
  function quasiNewton(at: Float64Array): Float64Array {
    const q = at.map((each) => -each);
    const alphas = steps.map(() => 0);
    for (let i = steps.length - 1; i >= 0; i--) {
      const { s, y, rho } = steps[i]!;
      alphas[i] = rho * dot(s, q);
      for (let j = 0; j < q.length; j++) q[j]! -= alphas[i]! * y[j]!;
    }
    const last = steps.at(-1);
    if (last) {
      const scale = 1 / (last.rho * dot(last.y, last.y));
      for (let j = 0; j < q.length; j++) q[j]! *= scale;
    }
    for (const [i, { s, y, rho }] of steps.entries()) {
      const beta = rho * dot(y, q);
      for (let j = 0; j < q.length; j++) q[j]! += (alphas[i]! - beta) * s[j]!;
    }
    return q;
  }
}
