import { type Model, trainable } from "@athanor/onnx";

/** What a stored weight does. */
export type WeightRole = "weight" | "bias" | "norm";

const norms = new Set([
  "BatchNormalization",
  "InstanceNormalization",
  "GroupNormalization",
  "LayerNormalization",
  "RMSNormalization",
  "SimplifiedLayerNormalization",
  "SkipLayerNormalization",
]);
const biasAt: Readonly<Record<string, number>> = { Conv: 2, ConvTranspose: 2, Gemm: 2, LSTM: 3, GRU: 3, RNN: 3 };

/** The float32 weights that training would change, in the order in which the model reads them, with what each does. */
export function weightRoles(model: Model): ReadonlyMap<string, WeightRole> {
  const names = new Set(trainable(model).flatMap(({ name, dtype }) => (dtype === "float32" ? [name] : [])));
  const roles = new Map<string, WeightRole>();
  const { nodes, initializers } = model.graph;
  for (const { op, inputs } of nodes)
    for (const [i, name] of inputs.entries()) {
      if (!names.has(name) || roles.has(name)) continue;
      const isVector = (initializers.get(name)?.shape.length ?? 2) < 2;
      const isBias = biasAt[op] === i || ((op === "Add" || op === "Sum") && isVector);
      roles.set(name, norms.has(op) ? "norm" : isBias ? "bias" : "weight");
    }
  for (const name of names) if (!roles.has(name)) roles.set(name, "weight");
  return roles;
}
