import { blockedConvolutions, blockProbe, type Model } from "@athanor/onnx";
import { openSession } from "./open-session.ts";

/** Channels in a block where the runtime has kernels for them on this processor. */
const blocks: readonly number[] = [8, 16];

/** What this processor has; it is asked once. */
let probed: Promise<number> | undefined;

/** Gives a graph's convolutions to the runtime's kernels for channels in blocks, on processors for which it has them. */
export async function blockConvolutions(model: Model): Promise<Model> {
  if (!model.graph.nodes.some(({ op }) => op === "Conv")) return model;
  probed ??= probe();
  const block = await probed;
  return blocks.includes(block) ? blockedConvolutions(block)(model) : model;
}

async function probe(): Promise<number> {
  await using session = await openSession(blockProbe(), { threads: 1 });
  return (await session.run({})).blocks!.shape[1]!;
}
