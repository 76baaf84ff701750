import { GraphBuilder, type Model, type Value } from "@athanor/onnx";
import { type Apply, applyWithin } from "../apply-layer.ts";
import { compose } from "../compose.ts";
import type { FloatTensors } from "../initialize.ts";
import { stack } from "../layer-of.ts";
import { dropout, embedding, learnedPositions, linear } from "../layers/index.ts";
import type { Network } from "../network.ts";
import { encoderBlock, isReal } from "./encoder-block.ts";

/** Sizes of a network that turns a text into another. */
export interface Seq2SeqOptions {
  readonly source: Side;
  readonly target: Side;
  readonly width: number;
  readonly heads: number;
  readonly blocks: number;
  readonly dropoutRate?: number;
}

/** The texts of one side. */
export interface Side {
  readonly vocabulary: number;
  /** Length of a text, padding included. */
  readonly tokens: number;
}

/**
 * Scores of the next token of a text that is made from another: inputs `source` int64 `[batch, source tokens]` with `lengths` int64
 * `[batch]` and `target` int64 `[batch, target tokens]`, which begins with a token for the start; output `[batch, target tokens,
 * vocabulary]`.
 *
 * @see Vaswani et al. 2017, https://arxiv.org/abs/1706.03762
 */
export const seq2Seq = (options: Seq2SeqOptions): Network =>
  compose({
    name: "seq2Seq",
    inputs: {
      source: { dtype: "int64", shape: [options.source.tokens] },
      lengths: { dtype: "int64", shape: [] },
      target: { dtype: "int64", shape: [options.target.tokens] },
    },
    build({ g, inputs: { source, lengths, target }, apply }) {
      const mask = isReal(g, lengths!, options.source.tokens);
      return decode(g, apply, {
        options,
        target: target!,
        mask,
        memory: encode(g, apply, { options, source: source!, mask }),
      });
    },
  });

/** A trained `seq2Seq` in two files, so that a text is read once for all the tokens that are made of it. */
export interface Seq2SeqParts {
  /** `source` and `lengths` to `memory` `[batch, source tokens, width]`. */
  readonly encoder: Model;
  /** `memory`, `lengths` and `target` to `scores` `[batch, target tokens, vocabulary]`. */
  readonly decoder: Model;
}

/** Takes a trained `seq2Seq` apart. */
export function seq2SeqParts(options: Seq2SeqOptions, weights: FloatTensors): Seq2SeqParts {
  const part = (name: string, build: (g: GraphBuilder, apply: Apply, mask: Value) => void): Model => {
    const g = new GraphBuilder();
    const parameters = Object.fromEntries(
      Object.entries(weights).map(([key, tensor]) => [key, g.initializer(key, tensor)]),
    );
    const fixed = { buffers: {}, isTraining: false, mask: () => g.constant(1), moveBuffer: () => {} };
    const lengths = g.input("lengths", "int64", ["batch"]);
    build(g, applyWithin({ g, parameters, ...fixed }), isReal(g, lengths, options.source.tokens));
    return g.build({ name });
  };
  return {
    encoder: part("encoder", (g, apply, mask) => {
      const source = g.input("source", "int64", ["batch", options.source.tokens]);
      g.output("memory", encode(g, apply, { options, source, mask }));
    }),
    decoder: part("decoder", (g, apply, mask) => {
      const memory = g.input("memory", "float32", ["batch", options.source.tokens, options.width]);
      const target = g.input("target", "int64", ["batch", options.target.tokens]);
      g.output("scores", decode(g, apply, { options, target, mask, memory }));
    }),
  };
}

interface Encoded {
  readonly options: Seq2SeqOptions;
  /** True for the real tokens of the source. */
  readonly mask: Value;
}

function encode(g: GraphBuilder, apply: Apply, { options, source, mask }: Encoded & { readonly source: Value }): Value {
  const { heads, blocks, dropoutRate = 0.1 } = options;
  let x = embedded(apply, "source", options, source);
  for (let i = 0; i < blocks; i++) x = encoderBlock(g, apply, { name: `encoder${i}`, x, mask, heads, dropoutRate });
  return x;
}

function decode(
  g: GraphBuilder,
  apply: Apply,
  { options, target, mask, memory }: Encoded & { readonly target: Value; readonly memory: Value },
): Value {
  const { heads, blocks, dropoutRate = 0.1 } = options;
  const seen = { value: memory, mask };
  let x = embedded(apply, "target", options, target);
  for (let i = 0; i < blocks; i++)
    x = encoderBlock(g, apply, { name: `decoder${i}`, x, heads, dropoutRate, causal: true, memory: seen });
  return apply("head", linear({ outFeatures: options.target.vocabulary }), x);
}

function embedded(apply: Apply, side: "source" | "target", options: Seq2SeqOptions, tokens: Value): Value {
  const { width, dropoutRate = 0.1 } = options;
  const table = embedding({ count: options[side].vocabulary, size: width, scale: 0.1 });
  const start = stack([learnedPositions({}), dropout({ rate: dropoutRate })]);
  return apply(`${side}.start`, start, apply(`${side}.words`, table, tokens));
}
