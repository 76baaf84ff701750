import { AthanorError, float32, type OptionInput, resolveOptions, texts } from "@athanor/core";
import { rewriteNodes, storeTensor } from "@athanor/onnx";
import { matches } from "../name-pattern.ts";
import { layerEnds } from "./layer-ends.ts";
import { linearPlace } from "./linear-place.ts";
import type { Method } from "./method.ts";

const options = {
  targets: texts(["key", "value", "k_proj", "v_proj"], "layers whose outputs are scaled"),
  feedForward: texts(["output.dense", "down_proj", "fc2"], "layers whose inputs are scaled"),
};

/**
 * Learns one factor a feature: outputs of keys and values, inputs of the second layer of feed-forward blocks.
 *
 * @throws `nn/adapter` when no layer is picked
 * @see Liu et al. 2022, "Few-shot parameter-efficient fine-tuning is better and cheaper than in-context learning",
 * https://arxiv.org/abs/2205.05638
 */
export function ia3(input: OptionInput<typeof options> = {}): Method {
  const resolved = resolveOptions("ia3", options, input);
  const [scalesOutput, scalesInput] = [matches(resolved.targets), matches(resolved.feedForward)];
  return {
    name: "ia3",
    options: resolved,
    apply(model) {
      const trains: string[] = [];
      const endOf = layerEnds(model);
      const adapted = rewriteNodes(model, (node, graph) => {
        const [start, end] = [linearPlace(node, graph), endOf(node, graph)];
        const isInput = start !== undefined && start.kind !== "conv" && scalesInput(start.module);
        const isOutput = end !== undefined && end.kind !== "conv" && scalesOutput(end.module);
        if (!isOutput && !isInput) return undefined;
        const place = (isInput ? start : end)!;
        const fresh = (part: string) => graph.fresh(`${place.module}.${part}`);
        const [factors, inner] = [fresh("ia3"), fresh(isInput ? "scaled" : "frozen")];
        trains.push(factors);
        const scale = (x: string, y: string) => ({
          op: "Mul",
          domain: "",
          name: fresh("Mul"),
          inputs: [x, factors],
          outputs: [y],
          attributes: {},
        });
        const ones = new Float32Array(isInput ? place.inFeatures : place.outFeatures).fill(1);
        const initializers = new Map([[factors, storeTensor(float32(ones))]]);
        return isInput
          ? { nodes: [scale(place.x, inner), { ...node, inputs: [inner, ...node.inputs.slice(1)] }], initializers }
          : { nodes: [{ ...node, outputs: [inner] }, scale(inner, node.outputs[0]!)], initializers };
      });
      if (trains.length > 0) return { model: adapted, trains };
      throw new AthanorError("nn/adapter", `ia3: expected targets to name layers, got ${resolved.targets.join(", ")}`, {
        fix: "Name matrix products of the model in targets or feedForward.",
        details: resolved,
      });
    },
  };
}
