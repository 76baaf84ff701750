import { float32 } from "@athanor/core";
import type { Dim, GraphBuilder, Value } from "@athanor/onnx";
import { lengthOf } from "./define-layer.ts";

type Held = Readonly<Record<keyof ReturnType<typeof attentionParameters>, Value>>;

/** Projections of queries, keys, values and of their mixture, for values of the input's size. */
export function attentionParameters(shape: readonly Dim[]) {
  const size = lengthOf(shape, -1);
  const weight = { shape: [size, size], init: "xavier-uniform" as const };
  const bias = { shape: [size], init: "zeros" as const };
  // Keys have no constant: it would move all scores of a query alike.
  return {
    queryWeight: weight,
    queryBias: bias,
    keyWeight: weight,
    valueWeight: weight,
    valueBias: bias,
    outputWeight: weight,
    outputBias: bias,
  };
}

interface Attention {
  readonly x: Value;
  /** What is looked at; the input itself when left out. */
  readonly memory?: Value | undefined;
  /** True for the places of the memory that may be seen: `[batch, places]`. */
  readonly mask?: Value | undefined;
  readonly parameters: Held;
  readonly heads: number;
  readonly causal?: boolean;
  readonly rotaryBase?: number | null;
}

/** Each step of the input takes a mixture of the memory: `[batch, steps, size]` keeps its shape. */
export function attend(g: GraphBuilder, attention: Attention): Value {
  const { x, memory = x, mask, parameters: p, heads, causal = false, rotaryBase = null } = attention;
  const linear = (value: Value, weight: Value, bias: Value) => g.add(g.matMul(value, weight), bias);
  const [query, key] = [linear(x, p.queryWeight, p.queryBias), g.matMul(memory, p.keyWeight)];
  const turned = (value: Value) => (rotaryBase === null ? value : rotate(g, value, { heads, base: rotaryBase }));
  const mixed = g.op(
    "Attention",
    [turned(query), turned(key), linear(memory, p.valueWeight, p.valueBias), mask && perQuery(g, mask, x)],
    { q_num_heads: heads, kv_num_heads: heads, is_causal: Number(causal) },
  );
  return linear(mixed, p.outputWeight, p.outputBias);
}

/** `[batch, places]` → `[batch, 1, queries, places]` */
function perQuery(g: GraphBuilder, mask: Value, x: Value): Value {
  const queries = x.shape[1]!;
  const one = g.constant([1], "int64");
  const shape =
    typeof queries === "number"
      ? g.constant([1, 1, queries, 1], "int64")
      : g.concat([one, one, g.op("Shape", [x], { start: 1, end: 2 }), one], 0);
  return g.op("Expand", [g.op("Unsqueeze", [mask, g.constant([1, 2], "int64")]), shape]);
}

/**
 * Turns pairs of each head's values by angles that grow with the place, so that scores depend on distances.
 *
 * @see Su et al. 2021, https://arxiv.org/abs/2104.09864
 */
function rotate(g: GraphBuilder, x: Value, { heads, base }: { readonly heads: number; readonly base: number }): Value {
  const [steps, width] = [lengthOf(x.shape, 1), lengthOf(x.shape, 2)];
  const half = width / heads / 2;
  const table = (of: (angle: number) => number) => {
    const angles = Array.from({ length: steps * half }, (_, i) => Math.floor(i / half) * base ** (-(i % half) / half));
    return g.constant(float32(angles.map(of), [steps, 1, 1, half]));
  };
  const [cos, sin] = [table(Math.cos), table(Math.sin)];
  const pairs = g.reshape(x, [x.shape[0]!, steps, heads, 2, half]);
  const [a, b] = g.ops("Split", [pairs, g.constant([1, 1], "int64")], { axis: 3 }, { outputs: 2 }) as [Value, Value];
  const turned = g.concat([g.sub(g.mul(a, cos), g.mul(b, sin)), g.add(g.mul(a, sin), g.mul(b, cos))], 3);
  return g.reshape(turned, x.shape);
}
