import { Random, Tensor } from "@athanor/core";
import { adamW } from "@athanor/nn";
import { type GraphBuilder, matrixProduct, type QuantizeOptions, type Value } from "@athanor/onnx";
import type { TrainingWorkload } from "./compare-training.ts";
import { WeightSource } from "./draw-weights.ts";

/** Lengths of a Transformer encoder that classifies. */
export type BertSizes = {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly tokens: number;
  readonly vocabulary: number;
  readonly classes: number;
  readonly batch: number;
};

const small = { layers: 4, width: 512, heads: 8, tokens: 128, vocabulary: 8192, classes: 2, batch: 16 } as const;
const rank = 8;

type Values = Readonly<Record<string, Value>>;

/** How the workload differs from the small one. */
export interface BertVariant {
  readonly sizes?: BertSizes;
  readonly quantize?: QuantizeOptions;
  /** Where weights come from, by a seed. */
  readonly weights?: (seed: number) => WeightSource;
}

/** A Transformer encoder that classifies texts of random tokens: all of it trained, or LoRA on the queries and values of a frozen base. */
export function bert(
  kind: "full" | "lora",
  { sizes = small, quantize, weights = (seed) => new WeightSource(seed) }: BertVariant = {},
): TrainingWorkload {
  const { layers, width, tokens, vocabulary, classes, batch } = sizes;
  const base = weights(5);
  base.normal("tokens.weight", [vocabulary, width], 0.02);
  base.normal("positions.weight", [tokens, width], 0.02);
  const norm = (name: string) => {
    base.filled(`${name}.weight`, [width], 1);
    base.filled(`${name}.bias`, [width], 0);
  };
  norm("norm");
  for (let i = 0; i < layers; i++) {
    for (const name of ["q", "k", "v", "out"]) base.linear(`layers.${i}.${name}`, width, width);
    base.linear(`layers.${i}.up`, width, 4 * width);
    base.linear(`layers.${i}.down`, 4 * width, width);
    norm(`layers.${i}.norm1`);
    norm(`layers.${i}.norm2`);
  }
  const head = weights(6);
  head.linear("head", width, classes);
  const adapters = weights(7);
  for (let i = 0; i < layers; i++) {
    for (const name of ["q", "v"]) {
      adapters.uniform(`layers.${i}.${name}.down`, [width, rank], width);
      adapters.filled(`layers.${i}.${name}.up`, [rank, width], 0);
    }
  }
  const isLora = kind === "lora";
  const frozen = isLora ? base.parameters : {};
  const random = Random.from(13);
  return {
    definition: {
      inputs: { ids: { dtype: "int64", shape: [batch, tokens] }, y: { dtype: "int64", shape: [batch] } },
      parameters: { ...(isLora ? adapters.parameters : base.parameters), ...head.parameters },
      optimizer: adamW(),
      quantize,
      build(g, { inputs, parameters }) {
        const constants = Object.fromEntries(
          Object.entries(frozen).map(([name, tensor]) => [name, g.initializer(name, tensor)]),
        );
        const scores = classify(g, inputs.ids!, { ...constants, ...parameters }, sizes);
        return { loss: g.op("SoftmaxCrossEntropyLoss", [scores, inputs.y]) };
      },
    },
    batches: Array.from({ length: 50 }, () => ({
      ids: new Tensor(
        "int64",
        BigInt64Array.from({ length: batch * tokens }, () => BigInt(random.integer(vocabulary))),
        [batch, tokens],
      ),
      y: new Tensor(
        "int64",
        BigInt64Array.from({ length: batch }, () => BigInt(random.integer(classes))),
        [batch],
      ),
    })),
    learningRate: 1e-4,
    peer: "bert",
    configurations: ["fused"],
    setting: { ...sizes, rank: isLora ? rank : 0 },
    constants: frozen,
    steps: 2,
    pairs: 5,
    curve: 20,
    facts: sizes,
  };
}

function classify(g: GraphBuilder, ids: Value, p: Values, { layers, width, heads, tokens, batch }: BertSizes): Value {
  const rows = batch * tokens;
  const linear = (x: Value, name: string) => {
    const y = g.op("Gemm", [x, p[`${name}.weight`], p[`${name}.bias`]]);
    const [down, up] = [p[`${name}.down`], p[`${name}.up`]];
    return down && up ? g.add(y, g.matMul(g.matMul(x, down), up)) : y;
  };
  const norm = (x: Value, name: string) =>
    g.op("LayerNormalization", [x, p[`${name}.weight`], p[`${name}.bias`]], { axis: -1, epsilon: 1e-5 });
  const split = (x: Value) => g.transpose(g.reshape(x, [batch, tokens, heads, width / heads]), [0, 2, 1, 3]);
  const embedded = g.add(g.gather(p["tokens.weight"]!, ids), p["positions.weight"]!);
  let x = norm(g.reshape(embedded, [rows, width]), "norm");
  for (let i = 0; i < layers; i++) {
    const at = (name: string) => `layers.${i}.${name}`;
    const [q, k, v] = ["q", "k", "v"].map((name) => split(linear(x, at(name)))) as [Value, Value, Value];
    const attention = g.softmax(matrixProduct(g, q, k, { transB: true, alpha: 1 / Math.sqrt(width / heads) }));
    const mixed = g.reshape(g.transpose(g.matMul(attention, v), [0, 2, 1, 3]), [rows, width]);
    x = norm(g.add(x, linear(mixed, at("out"))), at("norm1"));
    x = norm(g.add(x, linear(g.op("Gelu", [linear(x, at("up"))]), at("down"))), at("norm2"));
  }
  const first = g.op("Slice", [
    g.reshape(x, [batch, tokens, width]),
    g.constant([0], "int64"),
    g.constant([1], "int64"),
    g.constant([1], "int64"),
  ]);
  return linear(g.reshape(first, [batch, width]), "head");
}
