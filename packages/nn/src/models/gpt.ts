import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Apply } from "../apply-layer.ts";
import { compose } from "../compose.ts";
import { embedding, gelu, layerNorm, learnedPositions, linear, selfAttention } from "../layers/index.ts";
import type { Network } from "../network.ts";

/** Sizes of a language model. */
export interface GptOptions {
  readonly vocabulary: number;
  /** Length of a text. */
  readonly tokens: number;
  readonly width: number;
  readonly heads: number;
  readonly blocks: number;
}

/**
 * A language model that looks back: scores of the next token at each place, int64 `[batch, tokens] → [batch, tokens, vocabulary]`.
 *
 * @see Radford et al. 2019, "Language models are unsupervised multitask learners"
 */
export const gpt = (options: GptOptions): Network =>
  compose({
    name: "gpt",
    inputs: { x: { dtype: "int64", shape: [options.tokens] } },
    build({ g, inputs, apply }) {
      const { vocabulary, width, heads } = options;
      const embedded = apply("tokens", embedding({ count: vocabulary, size: width, scale: 0.02 }), inputs.x!);
      const x = apply("positions", learnedPositions({}), embedded);
      const attention = selfAttention({ heads, causal: true });
      return gptBlocks(g, apply, { ...options, x, attention: (name, value) => apply(name, attention, value) });
    },
  });

interface Blocks extends GptOptions {
  /** Embedded tokens: `[batch, tokens, width]`. */
  readonly x: Value;
  readonly attention: (name: string, x: Value) => Value;
}

/** From embedded tokens to scores, whichever way earlier tokens are seen. */
export function gptBlocks(g: GraphBuilder, apply: Apply, { vocabulary, width, blocks, x, attention }: Blocks): Value {
  let y = x;
  for (let i = 0; i < blocks; i++) {
    const name = `block${i}`;
    y = g.add(y, attention(`${name}.attention`, apply(`${name}.norm0`, layerNorm({}), y)));
    const widened = apply(
      `${name}.widen`,
      linear({ outFeatures: 4 * width }),
      apply(`${name}.norm1`, layerNorm({}), y),
    );
    y = g.add(y, apply(`${name}.narrow`, linear({ outFeatures: width }), apply(`${name}.gelu`, gelu({}), widened)));
  }
  return apply("head", linear({ outFeatures: vocabulary, bias: false }), apply("norm", layerNorm({}), y));
}
