import { AthanorError, flag, float64, oneOf } from "@athanor/core";
import { columnsOf } from "../columns/columns-of.ts";
import { meanOf, varianceOf } from "../columns/moments.ts";
import { defineTransformer } from "../define-transformer.ts";
import type { Matrix } from "../matrix.ts";
import { minimum } from "../minimum.ts";

interface PowerState {
  readonly method: "yeoJohnson" | "boxCox";
  readonly lambdas: Float64Array;
  readonly offsets: Float64Array;
  readonly scales: Float64Array;
}

/**
 * Raises each column to the power that makes it most like a normal distribution, and standardises it.
 *
 * @throws `ml/not-positive` for the method boxCox
 * @see Yeo and Johnson 2000, "A new family of power transformations to improve normality or symmetry"
 */
export const powerTransformer = defineTransformer({
  name: "powerTransformer",
  options: {
    method: oneOf("yeoJohnson", "the family of powers; boxCox takes positive numbers only", ["yeoJohnson", "boxCox"]),
    standardize: flag(true, "give each column mean 0 and deviation 1"),
  },
  fit({ x, options: { method, standardize } }): PowerState {
    if (method === "boxCox") checkPositive(x);
    const columns = columnsOf(x);
    const lambdas = Float64Array.from(columns, (column) => awayFromPoles(likeliest(column, method)));
    const raised = columns.map((column, j) => column.map((value) => raise(value, lambdas[j]!, method)));
    return {
      method,
      lambdas,
      offsets: Float64Array.from(raised, (column) => (standardize ? meanOf(column) : 0)),
      scales: Float64Array.from(raised, (column) => {
        const deviation = Math.sqrt(varianceOf(column));
        return standardize && deviation > 0 ? 1 / deviation : 1;
      }),
    };
  },
  transform: ({ data, shape: [, features = 1] }, { method, lambdas, offsets, scales }) =>
    data.map((value, i) => {
      const j = i % features;
      return (raise(value, lambdas[j]!, method) - offsets[j]!) * scales[j]!;
    }),
  toOnnx(g, x, { method, lambdas, offsets, scales }) {
    const power = (base: typeof x, exponents: Float64Array) =>
      g.div(
        g.sub(g.op("Pow", [base, g.constant(float64(exponents))]), g.constant(float64([1]))),
        g.constant(float64(exponents)),
      );
    const [zero, one] = [g.constant(float64([0])), g.constant(float64([1]))];
    const value = g.cast(x, "float64");
    const raised =
      method === "boxCox"
        ? power(g.op("Max", [value, g.constant(float64([least]))]), lambdas)
        : g.sub(
            power(g.add(g.op("Max", [value, zero]), one), lambdas),
            power(
              g.sub(one, g.op("Min", [value, zero])),
              lambdas.map((lambda) => 2 - lambda),
            ),
          );
    return g.cast(g.mul(g.sub(raised, g.constant(float64(offsets))), g.constant(float64(scales))), "float32");
  },
  featureNames: (names) => names,
});

/** (b^λ − 1) / λ of 1 + x, and of 1 − x with 2 − λ for negative numbers. */
function raise(value: number, lambda: number, method: PowerState["method"]): number {
  if (method === "boxCox") return (Math.max(value, least) ** lambda - 1) / lambda;
  return value >= 0 ? ((value + 1) ** lambda - 1) / lambda : -((1 - value) ** (2 - lambda) - 1) / (2 - lambda);
}

/** The power under which a normal distribution makes the column likeliest; 1 for a constant one. */
function likeliest(column: Float64Array, method: PowerState["method"]): number {
  if (varianceOf(column) === 0) return 1;
  const logs = column.reduce(
    (sum, value) => sum + (method === "boxCox" ? Math.log(value) : Math.sign(value) * Math.log1p(Math.abs(value))),
    0,
  );
  return minimum(
    (lambda) => {
      const nudged = awayFromPoles(lambda);
      const variance = varianceOf(column.map((value) => raise(value, nudged, method)));
      return (column.length / 2) * Math.log(variance) - (lambda - 1) * logs;
    },
    [-2, 2],
  );
}

/** At 0 and 2 the powers become logarithms, which powers close by are equal to in single precision. */
const awayFromPoles = (lambda: number): number => {
  const pole = [0, 2].find((each) => Math.abs(lambda - each) < 1e-6);
  return pole === undefined ? lambda : pole + 1e-6;
};

/** A number that was not positive in fitting cannot be; later ones count as this. */
const least = 1e-30;

function checkPositive({ data, shape }: Matrix): void {
  const at = data.findIndex((value) => !(value > 0));
  if (at >= 0)
    throw new AthanorError("ml/not-positive", `powerTransformer: expected positive numbers, got ${data[at]}`, {
      fix: "Use the method yeoJohnson.",
      details: { row: Math.floor(at / shape[1]!) + 1, column: (at % shape[1]!) + 1 },
    });
}
