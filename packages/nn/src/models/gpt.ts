import type { Value } from "@athanor/onnx";
import { type Composition, compose } from "../compose.ts";
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
export const gpt = ({ vocabulary, tokens, width, heads, blocks }: GptOptions): Network =>
  compose({
    name: "gpt",
    inputs: { x: { dtype: "int64", shape: [tokens] } },
    build({ g, inputs, apply }) {
      const embedded = apply("tokens", embedding({ count: vocabulary, size: width, scale: 0.02 }), inputs.x!);
      let x = apply("positions", learnedPositions({}), embedded);
      for (let i = 0; i < blocks; i++) {
        const name = `block${i}`;
        const normal = apply(`${name}.norm0`, layerNorm({}), x);
        x = g.add(x, apply(`${name}.attention`, selfAttention({ heads, causal: true }), normal));
        x = g.add(x, perceptron(apply, name, width, apply(`${name}.norm1`, layerNorm({}), x)));
      }
      return apply("head", linear({ outFeatures: vocabulary, bias: false }), apply("norm", layerNorm({}), x));
    },
  });

function perceptron(apply: Composition["apply"], name: string, width: number, x: Value): Value {
  const hidden = apply(`${name}.gelu`, gelu({}), apply(`${name}.widen`, linear({ outFeatures: 4 * width }), x));
  return apply(`${name}.narrow`, linear({ outFeatures: width }), hidden);
}
