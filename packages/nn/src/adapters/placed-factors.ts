import type { Model } from "@athanor/onnx";

/** Where learned factors scale a layer's inputs or outputs, as the model's metadata tells it. */
export interface PlacedFactors {
  readonly module: string;
  readonly side: "input" | "output";
  /** The stored factors: `[in]` or `[out]`. */
  readonly factors: string;
}

const key = "athanor.factors";

/** The learned factors of a model, in the order in which it reads them. */
export const placedFactors = ({ metadata }: Model): readonly PlacedFactors[] => JSON.parse(metadata[key] ?? "[]");

/** A model that says where its factors are. */
export function withPlacedFactors(model: Model, placed: readonly PlacedFactors[]): Model {
  const { [key]: _, ...others } = model.metadata;
  return { ...model, metadata: placed.length === 0 ? others : { ...others, [key]: JSON.stringify(placed) } };
}
