/** Lengths that batches are padded to: few enough that each has a graph of its own, close enough that little is wasted. */
const lengths = [8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024];

/** The next of those lengths. */
export const paddedLength = (longest: number): number => lengths.find((length) => length >= longest) ?? longest;
