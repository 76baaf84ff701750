import { AthanorError, float32, type Tensor } from "@athanor/core";
import { loadTensor, type Model, namesRead, rewriteNodes, withWeights } from "@athanor/onnx";
import { magnitudeOf } from "./magnitude.ts";
import { type PlacedAdapter, placedAdapters, withPlaced } from "./placed-adapters.ts";

/**
 * A model whose adapters have become part of its weights: as fast as the model without them, and equal in what it computes.
 *
 * @throws `nn/adapter` when the model has no adapters, or one beside a weight that several layers read
 */
export function mergeAdapters(model: Model): Model {
  const placed = placedAdapters(model);
  if (placed.length === 0) {
    throw new AthanorError("nn/adapter", "mergeAdapters: expected a model with adapters, got one without", {
      fix: "Give the model that training with lora put out.",
    });
  }
  const shared = sharedWeight(model, placed);
  if (shared !== undefined) {
    throw new AthanorError(
      "nn/adapter",
      `mergeAdapters: expected weights of one layer each, got ${shared} of several`,
      {
        fix: "Keep the adapters apart: merging would change the other layers.",
        details: { weight: shared },
      },
    );
  }
  const byOutput = new Map(placed.map((adapter) => [adapter.output, adapter]));
  const weights = Object.fromEntries(placed.map((adapter) => [adapter.weight, mergedWeight(model, adapter)]));
  const plain = rewriteNodes(model, (node) => {
    const adapter = byOutput.get(node.outputs[0]!);
    if (adapter === undefined) return undefined;
    const isBiased = adapter.magnitude !== undefined && node.op === "Add";
    return isBiased ? { nodes: [{ ...node, inputs: [adapter.base, node.inputs[1]!] }] } : { values: [adapter.base] };
  });
  return withWeights(withPlaced(plain, []), weights);
}

/** An adapter's own nodes may read the frozen weight beside the layer itself, as those that learn lengths do. */
function sharedWeight({ graph }: Model, placed: readonly PlacedAdapter[]): string | undefined {
  const isOutput = (name: string) => graph.outputs.some((output) => output.name === name);
  return placed.find(({ weight, magnitude }) => {
    const reads = graph.nodes.filter((node) => namesRead(node).includes(weight)).length;
    return isOutput(weight) || reads > (magnitude === undefined ? 1 : 2);
  })?.weight;
}

/**
 * The model that a merged one came from, up to rounding: adapters beside weights from which their change is taken off again.
 *
 * @param adapted the model that was merged
 * @throws `nn/adapter` when the model has no adapters, or some that learn lengths, which merging gives up
 */
export function unmergeAdapters(merged: Model, adapted: Model): Model {
  const weights = placedAdapters(adapted).map((adapter) => {
    if (adapter.magnitude !== undefined) throw cannotUnmerge(adapter);
    const stored = (name: string, of = adapted) => loadTensor(of.graph.initializers.get(name)!) as Tensor<"float32">;
    const change = { ...adapter, scale: -adapter.scale };
    return [adapter.weight, addChange(stored(adapter.weight, merged), stored(adapter.a), stored(adapter.b), change)];
  });
  return withWeights(adapted, Object.fromEntries(weights));
}

const cannotUnmerge = ({ module }: PlacedAdapter) =>
  new AthanorError("nn/adapter", `unmergeAdapters: expected adapters without magnitude, got one at ${module}`, {
    fix: "Keep the model as it was before merging.",
    details: { module },
  });

/** W + s A B as the weight is stored, its outputs of the learned lengths where there are any. */
export function mergedWeight(model: Model, adapter: PlacedAdapter): Tensor<"float32"> {
  const stored = (name: string) => loadTensor(model.graph.initializers.get(name)!) as Tensor<"float32">;
  const weight = stored(adapter.weight);
  const merged = addChange(weight, stored(adapter.a), stored(adapter.b), adapter);
  if (adapter.magnitude === undefined) return merged;
  const [lengths, norms] = [stored(adapter.magnitude).data, magnitudeOf(merged, adapter.isTransposed).data];
  const columns = weight.shape[1]!;
  merged.data.forEach((value, i) => {
    const out = adapter.isTransposed ? Math.floor(i / columns) : i % columns;
    merged.data[i] = (value * lengths[out]!) / norms[out]!;
  });
  return merged;
}

function addChange(
  weight: Tensor<"float32">,
  a: Tensor<"float32">,
  b: Tensor<"float32">,
  { kind, rank, scale, isTransposed }: PlacedAdapter,
): Tensor<"float32"> {
  const isConv = kind === "conv";
  const outs = isConv ? b.shape[0]! : b.shape[1]!;
  const ins = weight.size / outs;
  const merged = weight.data.slice();
  const aAt = (i: number, r: number) => (isConv ? a.data[r * ins + i]! : a.data[i * rank + r]!);
  const bAt = (r: number, o: number) => (isConv ? b.data[o * rank + r]! : b.data[r * outs + o]!);
  for (let o = 0; o < outs; o++)
    for (let i = 0; i < ins; i++) {
      let change = 0;
      for (let r = 0; r < rank; r++) change += aAt(i, r) * bAt(r, o);
      merged[isTransposed ? o * ins + i : i * outs + o]! += scale * change;
    }
  return float32(merged, weight.shape);
}
