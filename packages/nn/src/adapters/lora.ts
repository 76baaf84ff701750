import {
  AthanorError,
  flag,
  float32,
  integer,
  type OptionInput,
  type OptionValues,
  Random,
  real,
  resolveOptions,
  type Tensor,
  texts,
  zeros,
} from "@athanor/core";
import { type GraphView, type Node, rewriteNodes, type StoredTensor, storeTensor } from "@athanor/onnx";
import { matches } from "../name-pattern.ts";
import { type LinearPlace, linearPlace } from "./linear-place.ts";
import { magnitudeNodes, magnitudeOf } from "./magnitude.ts";
import type { Method } from "./method.ts";
import { type PlacedAdapter, withPlaced } from "./placed-adapters.ts";

const options = {
  rank: integer(8, "columns of the low-rank change", { min: 1 }),
  alpha: real(16, "weight of the change, divided by the rank", { min: 0 }),
  targets: texts(["*"], "layers to adapt, by name or its last parts, with * for anything"),
  rankStabilised: flag(false, "divides by the square root of the rank instead"),
  magnitude: flag(false, "learns the length of each output's weights apart from their direction (DoRA)"),
};
type LoraOptions = OptionInput<typeof options> & {
  /** Other ranks for some of the layers, by pattern. */
  readonly ranks?: Readonly<Record<string, number>>;
};

/**
 * Low-rank adaptation: y = x W + (α / r) x A B with W frozen, beside matrix products and convolutions without groups.
 *
 * @throws `nn/adapter` when no layer is picked
 * @see Hu et al. 2021, "LoRA", https://arxiv.org/abs/2106.09685
 * @see Kalajdzievski 2023, "A rank stabilization scaling factor", https://arxiv.org/abs/2312.03732
 * @see Liu et al. 2024, "DoRA", https://arxiv.org/abs/2402.09353
 */
export function lora({ ranks = {}, ...input }: LoraOptions = {}): Method {
  const resolved = resolveOptions("lora", options, input);
  return {
    name: "lora",
    options: { ...resolved, ranks },
    apply(model, seed) {
      const random = Random.from(seed).split("lora");
      const isTarget = matches(resolved.targets);
      const placed: PlacedAdapter[] = [];
      const seen: string[] = [];
      const adapted = rewriteNodes(model, (node, graph) => {
        const place = linearPlace(node, graph);
        if (place === undefined || !["Conv", "Gemm", "MatMul"].includes(node.op)) return undefined;
        seen.push(place.module);
        if (!isTarget(place.module)) return undefined;
        const rank = Object.entries(ranks).find(([pattern]) => matches(pattern)(place.module))?.[1] ?? resolved.rank;
        const beside = besides(place, graph, { ...resolved, rank }, random.split(place.module));
        placed.push(beside.placed);
        return beside;
      });
      if (placed.length === 0) throw noTarget(resolved.targets, seen);
      return {
        model: withPlaced(adapted, placed),
        trains: placed.flatMap(({ a, b, magnitude }) => [a, b, ...(magnitude ? [magnitude] : [])]),
      };
    },
  };
}

function besides(
  place: LinearPlace,
  graph: GraphView,
  { rank, alpha, rankStabilised, magnitude }: OptionValues<typeof options>,
  random: Random,
) {
  const { module, node, kind, x, weight, bias, isTransposed } = place;
  const fresh = (part: string) => graph.fresh(`${module}.${part}`);
  const [a, b] = [fresh("lora_A"), fresh("lora_B")];
  const [base, down, scaled, up] = [fresh("frozen"), fresh("lora_down"), fresh("lora_scaled"), fresh("lora_up")];
  const scale = alpha / (rankStabilised ? Math.sqrt(rank) : rank);
  const factor = fresh("lora_scale");
  const stored = new Map<string, StoredTensor>([[factor, storeTensor(float32([scale], []))]]);
  const store = (name: string, tensor: Tensor) => stored.set(name, storeTensor(tensor));
  const { down: downWeight, up: upWeight } = firstWeights(place, graph, rank, random);
  store(a, downWeight);
  store(b, upWeight);

  const output = node.outputs[0]!;
  const step = (
    op: string,
    inputs: readonly string[],
    outputName: string,
    attributes: Node["attributes"] = {},
  ): Node => ({
    op,
    domain: "",
    name: fresh(op),
    inputs,
    outputs: [outputName],
    attributes,
  });
  const product = kind === "conv" ? "Conv" : "MatMul";
  const change = [
    step(product, [x, a], down, kind === "conv" ? node.attributes : {}),
    step("Mul", [down, factor], scaled),
    step(product, [scaled, b], up),
  ];
  const placed: PlacedAdapter = {
    module,
    kind,
    weight,
    isTransposed,
    a,
    b,
    rank,
    alpha,
    scale,
    base,
    output,
  };
  if (!magnitude) {
    const nodes = [{ ...node, outputs: [base] }, ...change, step("Add", [base, up], output)];
    return { nodes, initializers: stored, placed };
  }
  if (kind === "conv") throw convolutionMagnitude(module);
  const lengths = fresh("magnitude");
  store(lengths, magnitudeOf(graph.constant(weight) as Tensor<"float32">, isTransposed));
  const sum = fresh("direction");
  const nodes = [
    { ...node, inputs: node.inputs.slice(0, 2), outputs: [base] },
    ...change,
    step("Add", [base, up], sum),
    ...magnitudeNodes({ weight, isTransposed, a, b, factor, lengths, sum, bias, output, fresh, step, store }),
  ];
  return { nodes, initializers: stored, placed: { ...placed, magnitude: lengths } };
}

/** A is drawn as a linear layer's weight, B is zero, so that training starts at the frozen model. */
function firstWeights(
  { kind, weight, inFeatures, outFeatures }: LinearPlace,
  graph: GraphView,
  rank: number,
  random: Random,
) {
  const kernel = kind === "conv" ? graph.constant(weight)!.shape.slice(2) : [];
  const fanIn = kernel.reduce((product, length) => product * length, inFeatures);
  const drawn = (shape: readonly number[]) =>
    float32(
      Float32Array.from({ length: rank * fanIn }, () => (2 * random.uniform() - 1) / Math.sqrt(fanIn)),
      shape,
    );
  return kind === "conv"
    ? {
        down: drawn([rank, inFeatures, ...kernel]),
        up: zeros("float32", [outFeatures, rank, ...kernel.map(() => 1)]),
      }
    : { down: drawn([inFeatures, rank]), up: zeros("float32", [rank, outFeatures]) };
}

const noTarget = (targets: readonly string[], seen: readonly string[]) =>
  new AthanorError("nn/adapter", `lora: expected targets to name layers of the model, got ${targets.join(", ")}`, {
    fix: `Name some of ${seen.slice(0, 8).join(", ")}${seen.length > 8 ? ", …" : ""}, or * for all.`,
    details: { targets, layers: seen },
  });

const convolutionMagnitude = (module: string) =>
  new AthanorError("nn/adapter", `lora: expected magnitude only for matrix products, got the convolution ${module}`, {
    fix: "Leave magnitude out, or name other targets.",
    details: { module },
  });
