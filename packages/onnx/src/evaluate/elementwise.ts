import type { DType, Tensor } from "@athanor/core";
import { elementType, isRare } from "../element-types.ts";
import { broadcastShapes, isFloat } from "../shapes.ts";
import { type Element, elementsOf, higher, isWide, lower, stretched, tensorOf } from "./elements.ts";
import { type EvaluateRule, intOf } from "./rule.ts";

/** A function of numbers with its counterpart for 64-bit integers. */
type Pair<F, G> = readonly [F, G];
type Unary = Pair<(a: number) => number, (a: bigint) => bigint>;
type Binary = Pair<(a: number, b: number) => number, (a: bigint, b: bigint) => bigint>;
type Comparison = (a: Element, b: Element) => boolean;

/** Types on which arithmetic means nothing, or is left to the runtime. */
const isOpaque = (dtype: DType): boolean => dtype === "string" || isRare(dtype);
const whole = (a: bigint): bigint => a;
const magnitude = (a: bigint): bigint => (a < 0n ? -a : a);
const floorMod = <T extends number | bigint>(zero: T, remainder: T, b: T): boolean =>
  remainder !== zero && remainder < zero !== b < zero;

const unary: Readonly<Record<string, Unary>> = {
  Neg: [(a) => -a, (a) => -a],
  Abs: [Math.abs, magnitude],
  Floor: [Math.floor, whole],
  Ceil: [Math.ceil, whole],
  Sqrt: [Math.sqrt, whole],
  Reciprocal: [(a) => 1 / a, whole],
  Sign: [Math.sign, (a) => (a > 0n ? 1n : a < 0n ? -1n : 0n)],
  Not: [(a) => (a === 0 ? 1 : 0), whole],
};

const binary: Readonly<Record<string, Binary>> = {
  Add: [(a, b) => a + b, (a, b) => a + b],
  Sub: [(a, b) => a - b, (a, b) => a - b],
  Mul: [(a, b) => a * b, (a, b) => a * b],
  Div: [(a, b) => a / b, (a, b) => a / b],
  Pow: [(a, b) => a ** b, (a, b) => a ** b],
  Min: [Math.min, lower],
  Max: [Math.max, higher],
  And: [(a, b) => a & b, whole],
  Or: [(a, b) => a | b, whole],
  Xor: [(a, b) => a ^ b, whole],
  Mod: [
    (a, b) => (floorMod(0, a % b, b) ? (a % b) + b : a % b),
    (a, b) => (floorMod(0n, a % b, b) ? (a % b) + b : a % b),
  ],
};

const comparisons: Readonly<Record<string, Comparison>> = {
  Equal: (a, b) => a === b,
  Greater: (a, b) => a > b,
  GreaterOrEqual: (a, b) => a >= b,
  Less: (a, b) => a < b,
  LessOrEqual: (a, b) => a <= b,
};

const applied =
  ([small, wide]: Unary): EvaluateRule =>
  ({ inputs: [x] }) => {
    if (isOpaque(x!.dtype)) return undefined;
    const apply = (isWide(x!.dtype) ? wide : small) as (a: Element) => Element;
    return [tensorOf(x!.dtype, elementsOf(x!).map(apply), x!.shape)];
  };

/** Both operands stretched to the shape they broadcast to. */
function paired(op: string, a: Tensor, b: Tensor): readonly [Tensor, Tensor] {
  const shape = broadcastShapes(op, a, b) as readonly number[];
  return [stretched(a, shape), stretched(b, shape)];
}

const combined =
  (op: string, [small, wide]: Binary): EvaluateRule =>
  ({ inputs, attributes }) => {
    const operands = inputs as readonly Tensor[];
    const { dtype } = operands[0]!;
    if (operands.some((operand) => operand.dtype !== dtype || isOpaque(dtype))) return undefined;
    if (op === "Mod" && intOf(attributes, "fmod", 0) !== 0) return undefined;
    const isInteger = !isFloat(dtype);
    const divides = (op === "Div" || op === "Mod") && isInteger;
    let total = operands[0]!;
    for (const operand of operands.slice(1)) {
      const [a, b] = paired(op, total, operand);
      const right = elementsOf(b);
      if (divides && right.some((value) => Number(value) === 0)) return undefined;
      if (op === "Pow" && isWide(dtype) && right.some((value) => (value as bigint) < 0n || (value as bigint) > 64n))
        return undefined;
      const apply = (isWide(dtype) ? wide : small) as (a: Element, b: Element) => Element;
      const values = elementsOf(a).map((value, i) => apply(value, right[i]!));
      total = tensorOf(dtype, divides && !isWide(dtype) ? values.map((v) => Math.trunc(v as number)) : values, a.shape);
    }
    return [total];
  };

const compared =
  (op: string, holds: Comparison): EvaluateRule =>
  ({ inputs }) => {
    const [a, b] = paired(op, inputs[0]!, inputs[1]!);
    if (isOpaque(a.dtype) && op !== "Equal") return undefined;
    const right = elementsOf(b);
    return [
      tensorOf(
        "bool",
        elementsOf(a).map((value, i) => (holds(value, right[i]!) ? 1 : 0)),
        a.shape,
      ),
    ];
  };

const cast: EvaluateRule = ({ inputs: [x], attributes }) => castTo(x!, elementType(intOf(attributes, "to", 1)));

function castTo(x: Tensor, to: DType): readonly Tensor[] | undefined {
  if (isOpaque(x.dtype) || isOpaque(to)) return undefined;
  const values = elementsOf(x);
  if (!isFloat(to) && !values.every((value) => Number.isFinite(Number(value)))) return undefined;
  const convert = (value: Element): Element => {
    if (to === "bool") return Number(value) === 0 ? 0 : 1;
    if (isWide(to)) return typeof value === "bigint" ? value : BigInt(Math.trunc(Number(value)));
    return isFloat(to) || typeof value === "bigint" ? Number(value) : Math.trunc(Number(value));
  };
  return [tensorOf(to, values.map(convert), x.shape)];
}

const where: EvaluateRule = ({ inputs }) => {
  const [condition, a, b] = inputs as readonly [Tensor, Tensor, Tensor];
  const shape = broadcastShapes("Where", condition, a, b) as readonly number[];
  const [holds, left, right] = [condition, a, b].map((tensor) => elementsOf(stretched(tensor, shape)));
  return [
    tensorOf(
      a.dtype,
      holds!.map((value, i) => (value === 0 ? right![i]! : left![i]!)),
      shape,
    ),
  ];
};

export const elementwise: Readonly<Record<string, EvaluateRule>> = {
  ...Object.fromEntries(Object.entries(unary).map(([op, pair]) => [op, applied(pair)])),
  ...Object.fromEntries(Object.entries(binary).map(([op, pair]) => [op, combined(op, pair)])),
  ...Object.fromEntries(Object.entries(comparisons).map(([op, holds]) => [op, compared(op, holds)])),
  Cast: cast,
  CastLike: ({ inputs: [x, like] }) => castTo(x!, like!.dtype),
  Where: where,
};
