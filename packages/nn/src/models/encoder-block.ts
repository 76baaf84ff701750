import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Apply } from "../apply-layer.ts";
import { lengthOf } from "../define-layer.ts";
import { stack } from "../layer-of.ts";
import { crossAttention, dropout, gelu, layerNorm, linear, selfAttention } from "../layers/index.ts";

interface Block {
  readonly name: string;
  readonly x: Value;
  /** True for the steps that may be seen: `[batch, steps]`. */
  readonly mask?: Value;
  readonly heads: number;
  readonly dropoutRate: number;
  readonly causal?: boolean;
  /** What the steps look at beside themselves, and which places of it. */
  readonly memory?: { readonly value: Value; readonly mask: Value };
}

/** Attention, then two linear layers for each step, both added to what they read and normalised: `[batch, steps, width]`. */
export function encoderBlock(g: GraphBuilder, apply: Apply, block: Block): Value {
  const { name, x, mask, heads, dropoutRate, causal = false, memory } = block;
  const joined = (part: string, before: Value, after: Value) => {
    const kept = apply(`${name}.${part}.dropout`, dropout({ rate: dropoutRate }), after);
    return apply(`${name}.${part}.norm`, layerNorm({}), g.add(before, kept));
  };
  let y = joined("self", x, apply(`${name}.attention`, selfAttention({ heads, causal }), x, { mask }));
  if (memory !== undefined) {
    const seen = { memory: memory.value, mask: memory.mask };
    y = joined("cross", y, apply(`${name}.crossAttention`, crossAttention({ heads }), y, seen));
  }
  const width = lengthOf(x.shape, 2);
  const perceptron = stack([linear({ outFeatures: 4 * width }), gelu({}), linear({ outFeatures: width })]);
  return joined("perceptron", y, apply(`${name}.perceptron`, perceptron, y));
}

/** True for the places before a row's end: `[batch] → [batch, places]`. */
export const isReal = (g: GraphBuilder, lengths: Value, places: number): Value =>
  g.less(
    g.constant(
      Array.from({ length: places }, (_, i) => i),
      "int64",
    ),
    g.reshape(lengths, [-1, 1]),
  );
