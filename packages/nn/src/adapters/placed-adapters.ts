import type { Model } from "@athanor/onnx";

/** Where a low-rank adapter sits in a model, as the model's metadata tells it. */
export interface PlacedAdapter {
  readonly module: string;
  readonly kind: "matmul" | "gemm" | "conv";
  /** The frozen weight beside it, and whether that is stored `[out, in]`. */
  readonly weight: string;
  readonly isTransposed: boolean;
  /** Stored `[in, rank]` and `[rank, out]`; for a convolution as the kernels `[rank, in, …]` and `[out, rank, 1, …]`. */
  readonly a: string;
  readonly b: string;
  /** Length of each output's weights, learned apart from their direction. */
  readonly magnitude?: string;
  readonly rank: number;
  readonly alpha: number;
  readonly scale: number;
  /** The frozen layer's own output, and the adapted one. */
  readonly base: string;
  readonly output: string;
}

const key = "athanor.adapters";

/** The adapters of a model, in the order in which it reads them. */
export const placedAdapters = ({ metadata }: Model): readonly PlacedAdapter[] => JSON.parse(metadata[key] ?? "[]");

/** A model that says where its adapters are. */
export function withPlaced(model: Model, placed: readonly PlacedAdapter[]): Model {
  const { [key]: _, ...others } = model.metadata;
  return { ...model, metadata: placed.length === 0 ? others : { ...others, [key]: JSON.stringify(placed) } };
}
