import type { ElementwiseProgram } from "./elementwise-program.ts";

const rules: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Min: Math.min,
  Max: Math.max,
  Pow: (a, b) => a ** b,
  Sqrt: Math.sqrt,
  Abs: Math.abs,
  Neg: (a) => -a,
  Sign: Math.sign,
};

/** Computes a program's scalars for one step, in double precision. */
export function evaluateScalars(
  { scalars, constants }: ElementwiseProgram,
  inputs: { readonly learningRate: number; readonly step: number },
): Readonly<Record<string, number>> {
  const values: Record<string, number> = { ...constants, ...inputs };
  for (const { op, operands, result } of scalars) {
    const [a, b] = operands.map((name) => values[name]!);
    values[result] = rules[op]!(a!, b!);
  }
  return values;
}
