import type { SoundBatch } from "@athanor/data";

/** Decoded sounds of one rate and length with the label of each. */
export type SoundSet = SoundBatch;
