import {
  AthanorError,
  arrayOf,
  float32,
  int64,
  integer,
  type OptionInput,
  Random,
  resolveOptions,
  Tensor,
  type TensorData,
  text,
} from "@athanor/core";
import {
  type GraphView,
  type Model,
  type Node,
  numberAt,
  renamed,
  rewriteNodes,
  showShape,
  storeTensor,
} from "@athanor/onnx";
import { matches } from "../name-pattern.ts";
import type { Method } from "./method.ts";
import { putBefore } from "./put-before.ts";

const options = {
  tokens: integer(8, "learned vectors before each sequence", { min: 1 }),
  embeddings: text("", "the value that holds the sequence's vectors; found behind the embedding table by default"),
  mask: text("*mask*", "inputs `[batch, tokens]` that tell tokens from filling, lengthened by ones"),
};

/** Steps between a table's rows and the first layer. */
const before = new Set(["Add", "Cast", "Dropout", "Identity", "LayerNormalization", "Mul"]);

/**
 * Learns vectors that stand before each sequence's own, the model frozen; what it puts out for tokens grows by as many.
 *
 * They start as rows of the embedding table, drawn from the seed.
 *
 * @throws `nn/adapter` when the model has no sequence of vectors `[batch, tokens, features]`
 * @see Lester et al. 2021, "The power of scale for parameter-efficient prompt tuning", https://arxiv.org/abs/2104.08691
 */
export function promptTuning(input: OptionInput<typeof options> = {}): Method {
  const resolved = resolveOptions("promptTuning", options, input);
  const isMask = matches(resolved.mask);
  return {
    name: "promptTuning",
    options: resolved,
    apply(model, seed) {
      const table = embeddingTable(model);
      const place = resolved.embeddings || (table && endOfEmbeddings(model, table.outputs[0]!));
      if (!place) throw notFound("embeddings that are looked up in a table", "none");
      const random = Random.from(seed).split("promptTuning");
      const trains: string[] = [];
      const longer = rewriteNodes(model, (node, graph) => {
        const at = node.outputs.indexOf(place);
        if (at < 0) return undefined;
        const width = widthOf(graph, place);
        const [prompt, own] = [graph.fresh("prompt"), graph.fresh(`${place}.own`)];
        trains.push(prompt);
        const shape = [1, resolved.tokens, width];
        const first = firstPrompt(table && graph.constant(table.inputs[0]!)?.data, shape, random);
        const { nodes, initializers } = putBefore(graph, {
          learned: prompt,
          shape,
          value: own,
          output: place,
          axis: 1,
        });
        return {
          nodes: [{ ...node, outputs: node.outputs.with(at, own) }, ...nodes],
          initializers: new Map([...initializers, [prompt, storeTensor(first)]]),
        };
      });
      if (trains.length === 0) throw notFound(`the value ${place}`, "no node that computes it");
      const masks = longer.graph.inputs.flatMap(({ name, shape }) =>
        shape?.length === 2 && isMask(name) ? [name] : [],
      );
      return {
        model: masks.reduce((changed, name) => withLongerMask(changed, name, resolved.tokens), unstated(longer)),
        trains,
      };
    },
  };
}

/** Lengths that the file states for inner values and outputs hold no more. */
const unstated = ({ graph, ...model }: Model): Model => ({ ...model, graph: { ...graph, values: [] } });

/** The look-up in the largest table by what the model is given. */
function embeddingTable({ graph }: Model): Node | undefined {
  const rows = (node: Node) => graph.initializers.get(node.inputs[0]!);
  const isLookUp = (node: Node) => {
    const stored = node.op === "Gather" && node.domain === "" ? rows(node) : undefined;
    return stored?.dtype === "float32" && stored.shape.length === 2 && numberAt(node, "axis", 0) === 0;
  };
  return graph.nodes.filter(isLookUp).reduce<Node | undefined>((best, node) => {
    const size = ({ shape }: { readonly shape: readonly number[] }) => shape[0]!;
    return best === undefined || size(rows(node)!) > size(rows(best)!) ? node : best;
  }, undefined);
}

/** Positions and normalisations come first: the prompt goes where the first layer reads. */
function endOfEmbeddings({ graph }: Model, name: string): string {
  const readers = graph.nodes.filter(({ inputs }) => inputs.includes(name));
  const isOutput = graph.outputs.some((output) => output.name === name);
  const [only] = readers;
  return readers.length === 1 && !isOutput && before.has(only!.op)
    ? endOfEmbeddings({ graph } as Model, only!.outputs[0]!)
    : name;
}

function widthOf(graph: GraphView, place: string): number {
  const shape = graph.type(place)?.shape;
  const width = shape?.[2];
  if (shape?.length === 3 && typeof width === "number") return width;
  throw notFound("embeddings of the shape [batch, tokens, features]", showShape(shape));
}

function firstPrompt(rows: TensorData | undefined, shape: readonly number[], random: Random): Tensor<"float32"> {
  const [, tokens, width] = shape as readonly [number, number, number];
  const isFitting = rows instanceof Float32Array && rows.length % width === 0;
  const drawn = Array.from({ length: tokens }, () => {
    if (!isFitting) return Array.from({ length: width }, () => 0.02 * random.normal());
    const row = random.integer(rows.length / width);
    return [...rows.subarray(row * width, (row + 1) * width)];
  });
  return float32(drawn.flat(), shape);
}

function withLongerMask({ graph, ...model }: Model, mask: string, tokens: number): Model {
  const [longer, pads, one] = [`${mask}.longer`, `${mask}.pads`, `${mask}.one`];
  const dtype = graph.inputs.find(({ name }) => name === mask)!.dtype;
  const pad = { op: "Pad", domain: "", name: longer, inputs: [mask, pads, one], outputs: [longer], attributes: {} };
  const ones =
    dtype === "int64" ? int64([1], []) : new Tensor(dtype, arrayOf(dtype as "float32").of(1) as TensorData, []);
  return {
    ...model,
    graph: {
      ...graph,
      nodes: [pad, ...graph.nodes.map((node) => renamed(node, (name) => (name === mask ? longer : name)))],
      initializers: new Map([
        ...graph.initializers,
        [pads, storeTensor(int64([0, tokens, 0, 0]))],
        [one, storeTensor(ones)],
      ]),
    },
  };
}

const notFound = (expected: string, got: string) =>
  new AthanorError("nn/adapter", `promptTuning: expected ${expected}, got ${got}`, {
    fix: "Name the value that the first layer reads in embeddings.",
  });
