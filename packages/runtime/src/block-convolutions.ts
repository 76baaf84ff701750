import { blockedConvolutions, type Model } from "@athanor/onnx";
import { blockSize } from "#blocks";

/** Gives a graph's convolutions to the runtime's kernels for channels in blocks, on processors for which it has them. */
export async function blockConvolutions(model: Model): Promise<Model> {
  if (!model.graph.nodes.some(({ op }) => op === "Conv")) return model;
  const block = await blockSize();
  return block === undefined ? model : blockedConvolutions(block)(model);
}
