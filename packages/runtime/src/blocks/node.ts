import { blockProbe } from "@athanor/onnx";
import { openSession } from "../open-session.ts";
import type { BlockSize } from "./block-size.ts";

/** Sizes of blocks where the runtime has kernels for them on this processor; elsewhere it takes blocks of one. */
const blocks: readonly number[] = [8, 16];

let probed: Promise<number | undefined> | undefined;

/** The processor stays the same: the runtime is asked once. */
export const blockSize: BlockSize = () => {
  probed ??= probe().catch((error) => {
    probed = undefined;
    throw error;
  });
  return probed;
};

async function probe(): Promise<number | undefined> {
  await using session = await openSession(blockProbe(), { threads: 1 });
  const block = (await session.run({})).blocks!.shape[1]!;
  return blocks.includes(block) ? block : undefined;
}
