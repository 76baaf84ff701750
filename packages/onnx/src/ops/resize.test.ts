import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkOp, type OpSample } from "../testing/check-op.ts";
import { resize } from "./resize.ts";

const scaled = (title: string, shape: readonly number[], scales: readonly number[], attributes: object): OpSample => ({
  title,
  inputs: [{ shape }, undefined, { shape: [scales.length], values: scales, isConstant: true }],
  attributes: attributes as Readonly<Record<string, unknown>>,
});
const sized = (title: string, shape: readonly number[], sizes: readonly number[], attributes: object): OpSample => ({
  title,
  inputs: [{ shape }, undefined, undefined, { shape: [sizes.length], dtype: "int64", values: sizes, isConstant: true }],
  attributes: attributes as Readonly<Record<string, unknown>>,
});
/** Sizes or scales that are fed, so that only the run tells them. */
const fed = ({ title, inputs, ...rest }: OpSample): OpSample => ({
  ...rest,
  title: `${title}, fed`,
  inputs: inputs.map((input, i) => (i > 1 && input ? { ...input, isConstant: false } : input)),
  // A scale that is moved a little may end with another number of elements.
  hasGradient: inputs[2] === undefined,
});
const modes = ["half_pixel", "align_corners", "asymmetric", "pytorch_half_pixel", "half_pixel_symmetric"];

checkOp(resize, [
  scaled("a product that single precision rounds up", [1, 1, 3, 1], [1, 1, 7 / 3, 1], { mode: "nearest" }),
  scaled("nearest, twice", [1, 2, 2, 3], [1, 1, 2, 2], { mode: "nearest" }),
  ...["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"].map((nearest_mode) =>
    scaled(`nearest by ${nearest_mode}`, [1, 1, 4, 5], [1, 1, 0.7, 1.6], {
      nearest_mode,
      coordinate_transformation_mode: "asymmetric",
    }),
  ),
  ...modes.flatMap((coordinate_transformation_mode) => [
    sized(`linear, larger, ${coordinate_transformation_mode}`, [1, 2, 3, 4], [1, 2, 5, 7], {
      mode: "linear",
      coordinate_transformation_mode,
    }),
    sized(`linear, smaller, ${coordinate_transformation_mode}`, [1, 1, 6, 5], [1, 1, 4, 3], {
      mode: "linear",
      coordinate_transformation_mode,
    }),
    sized(`cubic, ${coordinate_transformation_mode}`, [1, 1, 4, 5], [1, 1, 7, 3], {
      mode: "cubic",
      coordinate_transformation_mode,
    }),
  ]),
  sized("cubic that leaves out the border", [1, 1, 4, 4], [1, 1, 6, 6], { mode: "cubic", exclude_outside: 1 }),
  sized("linear against aliasing", [1, 1, 7, 6], [1, 1, 3, 4], { mode: "linear", antialias: 1 }),
  sized("cubic against aliasing", [1, 1, 9, 8], [1, 1, 4, 4], { mode: "cubic", antialias: 1 }),
  sized("some axes", [2, 1, 3, 4], [6, 6], { mode: "linear", axes: [2, 3] }),
  sized("not larger", [1, 1, 3, 4], [6, 6], { mode: "linear", axes: [2, 3], keep_aspect_ratio_policy: "not_larger" }),
  {
    title: "a region",
    inputs: [
      { shape: [1, 1, 4, 5] },
      { shape: [8], values: [0, 0, 0.2, -0.3, 1, 1, 0.9, 0.8], isConstant: true },
      undefined,
      { shape: [4], dtype: "int64", values: [1, 1, 3, 4], isConstant: true },
    ],
    attributes: { mode: "linear", coordinate_transformation_mode: "tf_crop_and_resize", extrapolation_value: 7 },
  },
  ...modes.map((coordinate_transformation_mode) =>
    fed(
      sized(`linear, ${coordinate_transformation_mode}`, [1, 1, 3, 5], [1, 1, 5, 3], {
        mode: "linear",
        coordinate_transformation_mode,
      }),
    ),
  ),
  ...["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"].map((nearest_mode) =>
    fed(scaled(`nearest by ${nearest_mode}`, [1, 1, 4, 5], [1, 1, 0.7, 1.6], { nearest_mode })),
  ),
  fed(sized("nearest", [1, 1, 4, 3], [1, 1, 3, 5], {})),
  fed(sized("cubic", [1, 1, 4, 5], [1, 1, 7, 3], { mode: "cubic" })),
  fed(sized("cubic that leaves out the border", [1, 1, 4, 4], [1, 1, 6, 6], { mode: "cubic", exclude_outside: 1 })),
  fed(
    sized("not larger", [1, 1, 3, 4], [6, 6], { mode: "linear", axes: [2, 3], keep_aspect_ratio_policy: "not_larger" }),
  ),
  sized("a series", [1, 2, 5], [1, 2, 8], { mode: "linear" }),
  sized("a volume", [1, 1, 2, 3, 2], [1, 1, 4, 4, 3], { mode: "linear" }),
]);

describe("Resize", () => {
  it("keeps symbolic axes that it does not change", () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", ["batch", 3, 4, 4]);
    const y = g.op("Resize", [x, undefined, g.constant([1, 1, 2, 2])], { mode: "linear" });
    expect(y.shape).toEqual(["batch", 3, 8, 8]);
  });
});
