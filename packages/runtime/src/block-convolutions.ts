import { blockedConvolutions, commonSubexpressions, keptBlocks, type Model, rewrite } from "@athanor/onnx";
import { blockSize } from "#blocks";

/** Gives a graph's convolutions to the runtime's kernels for channels in blocks, on processors for which it has them. */
export async function blockConvolutions(model: Model): Promise<Model> {
  if (!model.graph.nodes.some(({ op }) => op === "Conv")) return model;
  const block = await blockSize();
  if (block === undefined) return model;
  return rewrite(await blockedConvolutions(block)(model), [commonSubexpressions, keptBlocks(block)]);
}
