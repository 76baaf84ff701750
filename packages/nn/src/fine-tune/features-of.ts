import { AthanorError } from "@athanor/core";
import { type Model, rewriteNodes } from "@athanor/onnx";
import { linearPlace } from "../adapters/linear-place.ts";

/** Operators between a model's last layer and its output that give scores another form. */
const forms = new Set([
  "Add",
  "Cast",
  // A softmax may be written out.
  "Div",
  "Exp",
  "Sub",
  "Flatten",
  "Identity",
  "LogSoftmax",
  "Reshape",
  "Sigmoid",
  "Softmax",
  "Squeeze",
  "Unsqueeze",
  "GlobalAveragePool",
  "ReduceMean",
  "Relu",
  "Dropout",
  "Transpose",
]);

/**
 * The value that the last layer of a model reads: what a new head goes on.
 *
 * @throws `nn/features` when the output does not come from a layer with stored weights
 */
export function featuresOf(model: Model, output = model.graph.outputs[0]!.name): string {
  const inputs = new Map<string, string>();
  rewriteNodes(model, (node, graph) => {
    const place = linearPlace(node, graph);
    if (place) inputs.set(node.outputs[0]!, place.x);
    return undefined;
  });
  const producers = new Map(model.graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const stored = model.graph.initializers;
  for (let name = output; ; ) {
    const found = inputs.get(name);
    if (found !== undefined) return found;
    const node = producers.get(name);
    const next = node && forms.has(node.op) ? node.inputs.find((input) => !stored.has(input)) : undefined;
    if (next !== undefined) {
      name = next;
      continue;
    }
    throw new AthanorError(
      "nn/features",
      `fineTune: expected ${output} to come from a layer with weights, got ${node?.op ?? "an input"} at ${name}`,
      {
        fix: "Name the value that the head shall read in head.features.",
        details: { output, at: name },
      },
    );
  }
}
