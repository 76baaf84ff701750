import { defineOp, int } from "../define-op.ts";
import { realOf, wholeOf } from "../rules/real-of.ts";

export const qLinearGlobalAveragePool = defineOp({
  name: "QLinearGlobalAveragePool",
  domain: "com.microsoft",
  attributes: { channels_last: int(0) },
  inputs: [5, 5],
  isQuantized: true,
  infer: ({ inputs: [x], attributes: { channels_last: isLast } }) => [
    {
      dtype: x!.dtype,
      shape: x!.shape?.map((length, axis) => (spatial(x!.shape!, isLast).includes(axis) ? 1 : length)),
    },
  ],
  decompose({ g, inputs: [x, xScale, xZero, scale, zero], attributes: { channels_last: isLast } }) {
    const y = g.reduceMean(realOf(g, x!, xScale!, xZero), spatial(x!.shape, isLast), true);
    return [wholeOf(g, y, scale!, zero!)];
  },
});

/** Axes of places in the image, which stand before or after the channels. */
const spatial = (shape: readonly unknown[], isLast: number): readonly number[] =>
  [...shape.keys()].filter((axis) => axis > 0 && (isLast === 1 ? axis < shape.length - 1 : axis > 1));
