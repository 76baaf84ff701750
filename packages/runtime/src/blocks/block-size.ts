/** How many channels the runtime's kernels take at once, where it has kernels for channels in blocks. */
export type BlockSize = () => Promise<number | undefined>;
