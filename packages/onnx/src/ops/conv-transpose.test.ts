import { checkOp, type OpSample, ofOpenLength } from "../testing/check-op.ts";
import { spreadOut } from "../testing/convolved.ts";
import type { Stance } from "../testing/places.ts";
import { convTranspose } from "./conv-transpose.ts";

const sample = (
  title: string,
  shapes: readonly (readonly number[])[],
  lengths: readonly number[],
  stance: Stance = {},
  attributes: Readonly<Record<string, unknown>> = stance as Readonly<Record<string, unknown>>,
  group = 1,
): OpSample => ({
  title,
  inputs: shapes.map((shape) => ({ shape })),
  attributes: { ...attributes, group },
  reference: spreadOut(lengths, stance, group),
});
const images = [
  [1, 2, 3, 3],
  [2, 1, 3, 3],
];
const strides = [2, 2];
const pads = [1, 1, 1, 1];

const samples: readonly OpSample[] = [
  sample("a bias", [[1, 2, 3, 3], [2, 3, 2, 2], [3]], [4, 4]),
  sample("stride, padding and a rest", images, [6, 6], { strides, pads }, { strides, pads, output_padding: [1, 1] }),
  sample(
    "groups",
    [
      [1, 4, 2, 2],
      [4, 1, 2, 2],
    ],
    [3, 3],
    {},
    {},
    2,
  ),
  sample(
    "several maps a group",
    [
      [2, 4, 2, 2],
      [4, 2, 2, 2],
    ],
    [4, 4],
    { strides },
    { strides },
    2,
  ),
  sample("dilation", images, [7, 7], { dilations: [2, 2] }),
  sample(
    "a series",
    [
      [2, 2, 4],
      [2, 3, 3],
    ],
    [8],
    { strides: [2], pads: [1, 0] },
  ),
  sample(
    "a volume",
    [
      [1, 2, 2, 2, 2],
      [2, 1, 2, 3, 2],
    ],
    [4, 5, 2],
    { strides: [2, 2, 1], pads: [0, 0, 1, 0, 0, 0] },
  ),
  sample("a given size", images, [6, 5], { strides, pads: [1, 1, 0, 1] }, { strides, output_shape: [6, 5] }),
  sample("as large as the stride says", images, [6, 6], { strides }, { strides, auto_pad: "SAME_UPPER" }),
  sample(
    "as large as the stride says, cut at the start",
    images,
    [6, 6],
    { strides, pads: [1, 1, 0, 0] },
    { strides, auto_pad: "SAME_LOWER" },
  ),
  sample("no padding by rule", images, [7, 7], { strides }, { strides, auto_pad: "VALID" }),
];
const open = ["stride, padding and a rest", "groups"];
checkOp(convTranspose, [...samples, ...samples.filter(({ title }) => open.includes(title)).map(ofOpenLength)]);
