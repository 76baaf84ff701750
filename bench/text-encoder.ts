import {
  compose,
  embedding,
  gelu,
  layerNorm,
  linear,
  type Network,
  places,
  selfAttention,
  stack,
  tanh,
} from "@athanor/nn";

/** Lengths of a Transformer encoder. */
export interface TextEncoderSizes {
  readonly vocabulary: number;
  /** The longest text. */
  readonly tokens: number;
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
}

/**
 * What a text says, as its first token comes to know it: int64 `[batch, tokens] → [batch, width]`, where token 0 is padding. The arithmetic
 * is that of BERT, all texts being of the first kind.
 */
export const textEncoder = ({ vocabulary, tokens, layers, width, heads }: TextEncoderSizes): Network =>
  compose({
    name: "textEncoder",
    inputs: { ids: { dtype: "int64", shape: ["tokens"] } },
    build({ g, inputs: { ids }, apply }) {
      const words = apply("words", embedding({ count: vocabulary, size: width, scale: 0.02 }), ids!);
      const place = apply("places", embedding({ count: tokens, size: width, scale: 0.02 }), places(g, ids!, 1));
      let x = apply("norm", layerNorm({}), g.add(words, place));
      const mask = g.op("Greater", [ids!, g.constant(0, "int64")]);
      for (let i = 0; i < layers; i++) {
        const at = (part: string) => `layer${i}.${part}`;
        const seen = apply(at("attention"), selfAttention({ heads }), x, { mask });
        x = apply(at("norm1"), layerNorm({}), g.add(x, seen));
        const perceptron = stack([linear({ outFeatures: 4 * width }), gelu({}), linear({ outFeatures: width })]);
        x = apply(at("norm2"), layerNorm({}), g.add(x, apply(at("perceptron"), perceptron, x)));
      }
      const first = g.gather(x, g.constant(0, "int64"), 1);
      return apply("pooled", tanh({}), apply("pooler", linear({ outFeatures: width }), first));
    },
  });
