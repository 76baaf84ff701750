import { AthanorError, float32, integer, type OptionInput, Random, resolveOptions, texts, zeros } from "@athanor/core";
import { rewriteNodes, storeTensor } from "@athanor/onnx";
import { matches } from "../name-pattern.ts";
import { layerEnds } from "./layer-ends.ts";
import type { Method } from "./method.ts";

const options = {
  width: integer(64, "features between the two small layers", { min: 1 }),
  targets: texts(["*"], "layers after which an adapter is put, by name or its last parts"),
};

/**
 * Puts y + relu(y D) U after layers, D and U small; U starts at zero, so that training starts at the frozen model.
 *
 * @throws `nn/adapter` when no layer is picked
 * @see Houlsby et al. 2019, "Parameter-efficient transfer learning for NLP", https://arxiv.org/abs/1902.00751
 */
export function bottleneck(input: OptionInput<typeof options> = {}): Method {
  const resolved = resolveOptions("bottleneck", options, input);
  const isTarget = matches(resolved.targets);
  return {
    name: "bottleneck",
    options: resolved,
    apply(model, seed) {
      const trains: string[] = [];
      const random = Random.from(seed).split("bottleneck");
      const endOf = layerEnds(model);
      const adapted = rewriteNodes(model, (node, graph) => {
        const place = endOf(node, graph);
        if (place === undefined || place.kind === "conv" || !isTarget(place.module)) return undefined;
        const { module, outFeatures } = place;
        const fresh = (part: string) => graph.fresh(`${module}.${part}`);
        const weights = ["adapter_down", "adapter_bias", "adapter_up"].map(fresh) as [string, string, string];
        const [down, bias, up] = weights;
        const [base, a, b, c, d] = ["frozen", "a", "b", "c", "d"].map(fresh) as [
          string,
          string,
          string,
          string,
          string,
        ];
        trains.push(...weights);
        const own = random.split(module);
        const drawn = Float32Array.from(
          { length: outFeatures * resolved.width },
          () => (2 * own.uniform() - 1) / Math.sqrt(outFeatures),
        );
        const step = (op: string, inputs: readonly string[], output: string) => ({
          op,
          domain: "",
          name: fresh(op),
          inputs,
          outputs: [output],
          attributes: {},
        });
        return {
          nodes: [
            { ...node, outputs: [base] },
            step("MatMul", [base, down], a),
            step("Add", [a, bias], b),
            step("Relu", [b], c),
            step("MatMul", [c, up], d),
            step("Add", [base, d], node.outputs[0]!),
          ],
          initializers: new Map([
            [down, storeTensor(float32(drawn, [outFeatures, resolved.width]))],
            [bias, storeTensor(zeros("float32", [resolved.width]))],
            [up, storeTensor(zeros("float32", [resolved.width, outFeatures]))],
          ]),
        };
      });
      if (trains.length > 0) return { model: adapted, trains };
      throw new AthanorError(
        "nn/adapter",
        `bottleneck: expected targets to name layers, got ${resolved.targets.join(", ")}`,
        {
          fix: "Name matrix products of the model, or * for all.",
          details: resolved,
        },
      );
    },
  };
}
