import {
  AthanorError,
  float32,
  int64,
  integer,
  type OptionInput,
  Random,
  resolveOptions,
  sizeOf,
  Tensor,
} from "@athanor/core";
import {
  type GraphView,
  type Model,
  type Node,
  type Replacement,
  rewriteNodes,
  showShape,
  storeTensor,
  unfuse,
} from "@athanor/onnx";
import { attentionProducts, type MaskedScores } from "./attention-products.ts";
import type { Method } from "./method.ts";
import { putBefore, stepOf } from "./put-before.ts";

const options = { tokens: integer(8, "learned keys and values before each attention's own", { min: 1 }) };

/**
 * Learns keys and values that every attention sees before its own, the model frozen and its outputs of the same shape.
 *
 * Fused attentions are written as the products around a softmax that they are made of.
 *
 * @throws `nn/adapter` when the model has no attention of that kind
 * @see Li & Liang 2021, "Prefix-tuning: optimizing continuous prompts for generation", https://arxiv.org/abs/2101.00190
 */
export function prefixTuning(input: OptionInput<typeof options> = {}): Method {
  const resolved = resolveOptions("prefixTuning", options, input);
  return {
    name: "prefixTuning",
    options: resolved,
    apply(given, seed) {
      const model = withoutFused(given);
      const found = attentionProducts(model);
      if (found.length === 0) throw noAttention(model);
      const random = Random.from(seed).split("prefixTuning");
      const trains: string[] = [];
      const { tokens } = resolved;
      // Keys are stored as the product reads them: [batch, …, features, tokens], or not turned.
      const places = new Map<string, (node: Node, graph: GraphView) => Replacement>();
      for (const [i, { scores, keysFromEnd, mixed, masked }] of found.entries()) {
        const extended = (part: string, fromEnd: number) => (node: Node, graph: GraphView) => {
          const name = graph.fresh(`prefix.${i}.${part}`);
          trains.push(name);
          return withPrefix(node, graph, { name, fromEnd, tokens, random: random.split(name) });
        };
        places.set(scores.outputs[0]!, extended("keys", keysFromEnd));
        places.set(mixed.outputs[0]!, extended("values", 2));
        for (const mask of masked)
          places.set(mask.node.outputs[0]!, (node, graph) => withLongerMask({ node, at: mask.at }, graph, tokens));
      }
      // Lengths that the file states for scores hold no more.
      const open = { ...model, graph: { ...model.graph, values: [] } };
      const adapted = rewriteNodes(open, (node, graph) => places.get(node.outputs[0]!)?.(node, graph));
      return { model: adapted, trains };
    },
  };
}

/** Fused attentions keep their keys and values to themselves. */
const withoutFused = unfuse(({ op }) => op.includes("Attention"));

interface Prefix {
  readonly name: string;
  /** The token axis, counted from the end. */
  readonly fromEnd: number;
  readonly tokens: number;
  readonly random: Random;
}

function withPrefix(node: Node, graph: GraphView, { name, fromEnd, tokens, random }: Prefix): Replacement {
  const value = node.inputs[1]!;
  const lengths = graph.type(value)?.shape;
  const axis = (lengths?.length ?? 0) - fromEnd;
  const shape = lengths?.map((length, i) => (i === 0 ? 1 : i === axis ? tokens : length));
  if (shape === undefined || shape.length < 3 || !shape.every((length) => typeof length === "number")) {
    throw new AthanorError(
      "nn/adapter",
      `prefixTuning: expected keys and values of known heads and features, got ${value} of shape ${showShape(lengths)}`,
      { fix: "Export the model with fixed numbers of heads and features.", details: { value, shape: lengths } },
    );
  }
  const longer = graph.fresh(`${name}.longer`);
  const first = float32(
    Float32Array.from({ length: sizeOf(shape) }, () => 0.02 * random.normal()),
    shape,
  );
  const { nodes, initializers } = putBefore(graph, { learned: name, shape, value, output: longer, axis });
  return {
    nodes: [...nodes, { ...node, inputs: [node.inputs[0]!, longer] }],
    initializers: new Map([...initializers, [name, storeTensor(first)]]),
  };
}

/** What masks the scores gets columns in front that leave them as they are. */
function withLongerMask({ node, at }: MaskedScores, graph: GraphView, tokens: number): Replacement {
  const isChoice = node.op === "Where";
  const fillOf = (i: number) =>
    isChoice && i === 0 ? new Tensor("bool", Uint8Array.of(at === 1 ? 1 : 0), []) : float32([0], []);
  const step = stepOf(graph, node.outputs[0]!);
  const nodes: Node[] = [];
  const initializers = new Map<string, ReturnType<typeof storeTensor>>();
  const inputs = node.inputs.map((input, i) => {
    const shape = graph.type(input)?.shape;
    const isSpread = shape !== undefined && (shape.length === 0 || shape.at(-1) === 1);
    if (i === at || isSpread) return input;
    const [longer, pads, fill, axes] = ["longer", "pads", "fill", "axes"].map((part) =>
      graph.fresh(`${input}.${part}`),
    ) as [string, string, string, string];
    nodes.push(step("Pad", [input, pads, fill, axes], longer));
    initializers.set(pads, storeTensor(int64([tokens, 0])));
    initializers.set(fill, storeTensor(fillOf(i)));
    initializers.set(axes, storeTensor(int64([-1])));
    return longer;
  });
  return { nodes: [...nodes, { ...node, inputs }], initializers };
}

function noAttention({ graph }: Model): AthanorError {
  const fused = [...new Set(graph.nodes.map(({ op }) => op))].filter((op) => op.includes("Attention"));
  const got = fused.length > 0 ? `the fused ${fused.join(", ")}` : "none";
  return new AthanorError("nn/adapter", `prefixTuning: expected attention as MatMul, Softmax and MatMul, got ${got}`, {
    fix: "Give lengths to what its attentions read, export them without fusion, or tune another way.",
    details: { fused },
  });
}
