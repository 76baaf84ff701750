import { AthanorError, float32, Random, type Tensor, zeros } from "@athanor/core";
import { type GraphView, type Model, type Node, rewriteNodes, type StoredTensor, storeTensor } from "@athanor/onnx";
import { type LinearPlace, linearPlace } from "./linear-place.ts";
import { magnitudeNodes, magnitudeOf } from "./magnitude.ts";
import { type PlacedAdapter, placedAdapters, withPlaced } from "./placed-adapters.ts";

/** What one layer's low-rank change is like. */
export interface LoraSpec {
  readonly rank: number;
  readonly alpha: number;
  readonly rankStabilised: boolean;
  readonly magnitude: boolean;
}

/** A model with low-rank changes in place, and all layers that could have one. */
export interface PlacedLora {
  readonly model: Model;
  readonly placed: readonly PlacedAdapter[];
  readonly modules: readonly string[];
}

/**
 * Puts low-rank changes beside the layers for which a specification is given; they change nothing yet.
 *
 * @throws `nn/adapter` for a convolution that shall learn lengths
 */
export function placeLora(model: Model, specOf: (module: string) => LoraSpec | undefined, seed: number): PlacedLora {
  const random = Random.from(seed).split("lora");
  const placed: PlacedAdapter[] = [];
  const modules: string[] = [];
  const adapted = rewriteNodes(model, (node, graph) => {
    const place = linearPlace(node, graph);
    if (place === undefined || !["Conv", "Gemm", "MatMul"].includes(node.op)) return undefined;
    modules.push(place.module);
    const spec = specOf(place.module);
    if (spec === undefined) return undefined;
    const beside = besides(place, graph, spec, random.split(place.module));
    placed.push(beside.placed);
    return beside;
  });
  return { model: withPlaced(adapted, [...placedAdapters(model), ...placed]), placed, modules };
}

/** The stored values that training changes. */
export const lorasWeights = (placed: readonly PlacedAdapter[]): readonly string[] =>
  placed.flatMap(({ a, b, magnitude }) => [a, b, ...(magnitude ? [magnitude] : [])]);

function besides(
  place: LinearPlace,
  graph: GraphView,
  { rank, alpha, rankStabilised, magnitude }: LoraSpec,
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

const convolutionMagnitude = (module: string) =>
  new AthanorError("nn/adapter", `lora: expected magnitude only for matrix products, got the convolution ${module}`, {
    fix: "Leave magnitude out, or name other targets.",
    details: { module },
  });
