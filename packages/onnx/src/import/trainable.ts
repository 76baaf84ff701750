import { type DType, sizeOf } from "@athanor/core";
import { dependents } from "../autodiff/pullback.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { halves } from "../half-precision.ts";
import type { Model } from "../model.ts";
import { isFloat } from "../shapes.ts";
import { loadTensor, type StoredTensor } from "../stored-tensor.ts";

/** A weight of a model that may be trained. */
export interface TrainableWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Inputs that tune what an operator does and are not learned, by operator. */
const settings: Readonly<Record<string, readonly number[]>> = {
  BatchNormalization: [3, 4],
  Clip: [1, 2],
  DequantizeLinear: [1],
  Dropout: [1],
  DynamicQuantizeMatMul: [2],
  MatMulIntegerToFloat: [2, 3],
  OneHot: [2],
  Pad: [2],
  Pow: [1],
  QuantizeLinear: [1],
  Resize: [1, 2],
};
const bounds = new Set(["Max", "Min"]);

/**
 * The stored floating-point values that an output depends on and that training would change.
 *
 * Left out are bounds, exponents, scales and running statistics, masks with infinities or the lowest number, lone numbers without an axis, and
 * lone numbers that bound a value or are read in several places.
 */
export function trainable(source: Model | GraphBuilder): readonly TrainableWeight[] {
  const g = source instanceof GraphBuilder ? source : GraphBuilder.from(source);
  const weights = [...g.initializers].filter(([, { dtype }]) => isFloat(dtype)).map(([name]) => g.value(name));
  const reached = dependents(g.nodes, [...weights, ...g.inputs.map(({ name }) => g.value(name))]);
  const active = new Set(g.outputs.map(({ value }) => value.name));
  // What multiplies a quantizer's scale is a scale too.
  const steps = new Set(
    g.nodes.flatMap(({ definition, outputs }) =>
      definition.name === "DynamicQuantizeLinear" ? [outputs[1]!.name] : [],
    ),
  );
  const readers = new Map<string, string[]>();
  for (const { definition, inputs, captures, outputs } of g.nodes.toReversed()) {
    if (!outputs.some(({ name }) => active.has(name))) continue;
    if (inputs.some((input) => input && steps.has(input.name))) continue;
    const learned = inputs.filter((_, i) => !settings[definition.name]?.includes(i));
    for (const value of [...learned, ...captures]) {
      if (value === undefined || !reached.has(value.name)) continue;
      active.add(value.name);
      readers.set(value.name, [...(readers.get(value.name) ?? []), definition.name]);
    }
  }
  return [...g.initializers].flatMap(([name, { shape, dtype }]) => {
    const reads = readers.get(name) ?? [];
    const isLone = shape.length === 0 || (sizeOf(shape) === 1 && (reads.length > 1 || bounds.has(reads[0] ?? "")));
    if (reads.length === 0 || isLone || sizeOf(shape) === 0 || isMask(g.initializers.get(name)!)) return [];
    return [{ name, shape, dtype }];
  });
}

/** The numbers furthest from zero, which exporters write for infinities. */
const furthest: Readonly<Partial<Record<DType, number>>> = {
  float64: Number.MAX_VALUE,
  float32: (2 - 2 ** -23) * 2 ** 127,
  bfloat16: (2 - 2 ** -7) * 2 ** 127,
  float16: 65_504,
};

/** Whether a table holds infinities, which hide what they are added to; what lies in another file is not read for that. */
function isMask(stored: StoredTensor): boolean {
  if (stored.pieces) return false;
  const tensor = loadTensor(stored);
  const bits = halves[stored.dtype]?.bitsOf;
  const ends = [Number.POSITIVE_INFINITY, furthest[stored.dtype]!].flatMap((value) => [value, -value]);
  return ends.some((value) => (tensor.data as Float32Array).includes(bits?.(value) ?? value));
}
