import type { BlockSize } from "./block-size.ts";

/** Blocks are as wide as a processor's registers; the runtime's WebAssembly has none of their kernels. */
export const blockSize: BlockSize = async () => undefined;
