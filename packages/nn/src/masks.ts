import { type Random, Tensor } from "@athanor/core";

/** A mask that a step is given: which elements dropout keeps. */
export interface Mask {
  readonly name: string;
  readonly size: number;
  readonly shape: readonly number[];
  readonly keep: number;
}

/** Draws each mask from a stream of its own. */
export function drawMasks(masks: readonly Mask[], random: Random): Record<string, Tensor> {
  return Object.fromEntries(
    masks.map(({ name, shape, size, keep }) => {
      const own = random.split(name);
      const threshold = keep * 2 ** 32;
      return [
        name,
        new Tensor(
          "uint8",
          Uint8Array.from({ length: size }, () => Number(own.uint32() < threshold)),
          shape,
        ),
      ];
    }),
  );
}
