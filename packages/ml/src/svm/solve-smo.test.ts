import { Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import type { Similarity } from "./similarity.ts";
import type { SmoProblem } from "./smo-points.ts";
import { SmoSpace } from "./smo-space.ts";
import { solveSmo } from "./solve-smo.ts";

const features = 3;
const rbf: Similarity = { kernel: "rbf", gamma: 0.5, coef0: 0, degree: 3 };

/** Noisy classes, or numbers, that leave many points at their bounds. */
function problemOf(count: number, margin: number, more: Partial<SmoProblem> = {}): SmoProblem {
  const random = Random.from(count);
  const data = Float32Array.from({ length: count * features }, () => random.normal());
  const targets = Float64Array.from({ length: count }, (_, i) => {
    const score = Math.sin(2 * data[i * features]!) + data[i * features + 1]! + 0.5 * random.normal();
    return margin > 0 ? score : Math.sign(score);
  });
  return {
    data,
    features,
    rows: Int32Array.from(targets, (_, row) => row),
    targets,
    margin,
    lower: targets.map((target) => (margin > 0 || target < 0 ? -1 : 0)),
    upper: targets.map((target) => (margin > 0 || target > 0 ? 1 : 0)),
    similarity: rbf,
    cacheBytes: 1e8,
    ...more,
  };
}

const likeness = ({ data }: SmoProblem, a: number, b: number): number => {
  let square = 0;
  for (let j = 0; j < features; j++) square += (data[a * features + j]! - data[b * features + j]!) ** 2;
  return Math.exp(-rbf.gamma * square);
};

const stop = { tol: 1e-4, maxIter: null };
/** Twice what the solver stops at, and the rounding of kernels in single precision. */
const slack = 3e-4;

describe("solveSmo", () => {
  it.each([
    ["classes", problemOf(301, 0)],
    ["numbers", problemOf(203, 0.3)],
    ["classes, with room for two rows", problemOf(301, 0, { cacheBytes: 1 })],
  ])("meets the conditions of the optimum for %s", (_, problem) => {
    const { coefficients, intercept } = solveSmo(new SmoSpace(), problem, stop);
    const { targets, lower, upper, margin } = problem;
    expect(Math.abs(coefficients.reduce((a, b) => a + b))).toBeLessThan(1e-9);
    for (const [i, beta] of coefficients.entries()) {
      const error =
        coefficients.reduce((sum, other, j) => sum + other * likeness(problem, i, j), intercept) - targets[i]!;
      expect(beta).toBeGreaterThanOrEqual(lower[i]!);
      expect(beta).toBeLessThanOrEqual(upper[i]!);
      // Where a coefficient may rise, the error and the margin's price are not negative together; likewise where it may fall.
      if (beta < upper[i]!) expect(error + (beta < 0 ? -margin : margin)).toBeGreaterThan(-slack);
      if (beta > lower[i]!) expect(error + (beta > 0 ? margin : -margin)).toBeLessThan(slack);
    }
  });

  it("finds the same with little memory, which only makes it compute rows again", () => {
    const problem = problemOf(400, 0, { similarity: { ...rbf, gamma: 2 } });
    const space = new SmoSpace();
    const large = solveSmo(space, problem, { tol: 1e-6, maxIter: null });
    const small = solveSmo(space, { ...problem, cacheBytes: 20_000 }, { tol: 1e-6, maxIter: null });
    // Enough for points to be left out and taken in again.
    expect(small.iterations).toBeGreaterThan(problem.rows.length);
    for (const [i, value] of large.coefficients.entries()) expect(small.coefficients[i]).toBeCloseTo(value, 4);
  });

  it("stops after as many steps as it may take", () => {
    expect(solveSmo(new SmoSpace(), problemOf(100, 0), { tol: 1e-6, maxIter: 7 }).iterations).toBe(7);
  });
});
