import { float32, Random, sizeOf } from "@athanor/core";
import { expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { scatterSum } from "../rules/scatter-sum.ts";
import { openModel } from "../testing/run-model.ts";
import { toFirstMaxima } from "./first-maxima.ts";
import { windowOf } from "./window.ts";

const random = Random.from(2);
/** Few different numbers, so that most windows hold their maximum several times. */
const tied = (shape: readonly number[]) =>
  float32(
    Float32Array.from({ length: sizeOf(shape) }, () => Math.max(0, random.integer(4) - 1)),
    shape,
  );

const cases = [
  { shape: [2, 3, 9, 8], kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
  { shape: [1, 2, 7, 7], kernel_shape: [5, 5], strides: [1, 1], pads: [2, 2, 2, 2] },
  { shape: [1, 2, 8, 11], kernel_shape: [3, 2], strides: [2, 3], pads: [0, 1, 1, 0] },
  { shape: [1, 1, 9, 10], kernel_shape: [3, 3], strides: [2, 2], pads: [0, 0, 0, 0], ceil_mode: 1 },
  { shape: [1, 1, 12, 5], kernel_shape: [2, 1], strides: [5, 2], pads: [0, 0, 0, 0] },
  { shape: [2, 2, 10], kernel_shape: [4], strides: [3], pads: [2, 1] },
  { shape: [1, 2, 5, 4, 6], kernel_shape: [2, 3, 3], strides: [2, 1, 2], pads: [0, 1, 1, 1, 1, 0] },
];

it.each(cases)(
  "gives every gradient to the place that the runtime's indices name ($kernel_shape by $strides)",
  async ({ shape, ...attributes }) => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", shape);
    const [y, indices] = g.ops("MaxPool", [x], attributes, { outputs: 2 }) as [typeof x, typeof x];
    const count = sizeOf(y.shape as number[]);
    // Whole numbers add up exactly in any order.
    const dy = g.constant(
      float32(
        Float32Array.from({ length: count }, (_, i) => 1 + i),
        y.shape as number[],
      ),
    );
    const window = windowOf("MaxPool", x, attributes.kernel_shape, { auto_pad: "NOTSET", ...attributes });
    g.output("dx", toFirstMaxima(g, { x, y, dy, window, ceil: attributes.ceil_mode ?? 0 }));
    const zeros = g.constant(float32(new Float32Array(sizeOf(shape))));
    const sums = scatterSum(g, {
      target: zeros,
      indices: g.reshape(indices, [count]),
      updates: g.reshape(dy, [count]),
      axis: 0,
    });
    g.output("expected", g.reshape(sums, shape));
    const { dx, expected } = await (await openModel(g.build()))({ x: tied(shape) });
    expect(dx!.data).toEqual(expected!.data);
  },
);
