import { blockedConvolutions, blockProbe, type Model } from "@athanor/onnx";
import { openSession } from "./open-session.ts";

/** Channels in a block where the runtime has kernels for them on this processor. */
const blocks: readonly number[] = [8, 16];

/** Gives a graph's convolutions to the runtime's kernels for channels in blocks, on processors for which it has them. */
export async function blockConvolutions(model: Model): Promise<Model> {
  if (!model.graph.nodes.some(({ op }) => op === "Conv")) return model;
  await using session = await openSession(blockProbe(), { threads: 1 });
  const block = (await session.run({})).blocks!.shape[1]!;
  return blocks.includes(block) ? blockedConvolutions(block)(model) : model;
}
