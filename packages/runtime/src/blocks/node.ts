import { blockProbe } from "@athanor/onnx";
import { openSession } from "../open-session.ts";
import type { BlockSize } from "./block-size.ts";

/** Sizes of blocks where the runtime has kernels for them on this processor; elsewhere it takes blocks of one. */
const blocks: readonly number[] = [8, 16];

export const blockSize: BlockSize = async () => {
  await using session = await openSession(blockProbe(), { threads: 1 });
  const block = (await session.run({})).blocks!.shape[1]!;
  return blocks.includes(block) ? block : undefined;
};
