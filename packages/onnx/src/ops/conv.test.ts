import { checkOp, type OpSample, ofOpenLength } from "../testing/check-op.ts";
import { convolved } from "../testing/convolved.ts";
import type { Stance } from "../testing/places.ts";
import { conv } from "./conv.ts";

const sample = (title: string, shapes: readonly (readonly number[])[], stance: Stance = {}, group = 1): OpSample => ({
  title,
  inputs: shapes.map((shape) => ({ shape })),
  attributes: { ...stance, group },
  reference: convolved(stance, group),
});
const x = [1, 2, 5, 5];

const samples: readonly OpSample[] = [
  sample("a bias", [[2, 2, 4, 4], [3, 2, 3, 3], [3]]),
  sample("strides and padding", [x, [2, 2, 3, 3]], { strides: [2, 2], pads: [1, 1, 1, 1] }),
  sample("padding of one side", [x, [2, 2, 3, 2]], { strides: [2, 1], pads: [2, 0, 0, 1] }),
  sample(
    "a stride that leaves a rest",
    [
      [1, 1, 6, 6],
      [2, 1, 3, 3],
    ],
    { strides: [2, 2] },
  ),
  sample(
    "groups",
    [
      [1, 4, 3, 3],
      [4, 2, 2, 2],
    ],
    {},
    2,
  ),
  sample("a group a channel, dilated", [x, [2, 1, 2, 2]], { dilations: [2, 2] }, 2),
  sample("several maps a group, strided", [x, [4, 1, 3, 3]], { strides: [2, 2], pads: [1, 1, 1, 1] }, 2),
  sample(
    "a dilation that leaves a rest",
    [
      [1, 1, 7, 6],
      [2, 1, 2, 3],
    ],
    { strides: [3, 2], dilations: [2, 2], pads: [0, 1, 1, 0] },
  ),
  sample("more maps than positions", [
    [2, 2, 3, 3],
    [5, 2, 2, 2],
  ]),
  sample("many channels, strided, dilated and padded", [[2, 16, 4, 5], [2, 16, 2, 2], [2]], {
    strides: [2, 1],
    dilations: [1, 2],
    pads: [1, 0, 0, 1],
  }),
  sample(
    "a series of many channels",
    [
      [2, 17, 5],
      [3, 17, 3],
    ],
    { pads: [1, 1] },
  ),
  sample(
    "a plane large enough for a convolution of the gradient",
    [
      [1, 1, 15, 16],
      [1, 1, 2, 3],
    ],
    { dilations: [2, 1], pads: [0, 1, 2, 2] },
  ),
  sample(
    "a small map of many channels, strided and padded",
    [
      [1, 16, 3, 3],
      [16, 16, 2, 1],
    ],
    { strides: [1, 2], pads: [1, 0, 0, 1] },
  ),
  sample(
    "a small map without strides",
    [
      [1, 16, 2, 3],
      [16, 16, 1, 2],
    ],
    { pads: [0, 1, 0, 0] },
  ),
  sample("one by one", [
    [2, 3, 2, 2],
    [2, 3, 1, 1],
  ]),
  sample("a series", [[2, 2, 7], [3, 2, 3], [3]], { strides: [2], dilations: [2], pads: [1, 2] }),
  sample(
    "a volume",
    [
      [1, 2, 3, 4, 3],
      [2, 2, 2, 3, 2],
    ],
    { strides: [1, 2, 1], pads: [0, 1, 0, 1, 1, 0] },
  ),
  sample(
    "a volume of groups",
    [
      [1, 2, 3, 3, 3],
      [2, 1, 2, 2, 2],
    ],
    { dilations: [1, 2, 1] },
    2,
  ),
  {
    ...sample(
      "padded by rule, more at the end",
      [
        [1, 1, 6, 5],
        [2, 1, 3, 2],
      ],
      { strides: [2, 2], pads: [0, 0, 1, 1] },
    ),
    attributes: { strides: [2, 2], auto_pad: "SAME_UPPER" },
  },
  {
    ...sample(
      "padded by rule, more at the start",
      [
        [1, 1, 6, 5],
        [2, 1, 3, 2],
      ],
      { strides: [2, 2], pads: [1, 1, 0, 0] },
    ),
    attributes: { strides: [2, 2], auto_pad: "SAME_LOWER" },
  },
  { ...sample("no padding by rule", [x, [1, 2, 3, 3]]), attributes: { auto_pad: "VALID" } },
];
const open = [
  "a bias",
  "several maps a group, strided",
  "a dilation that leaves a rest",
  "a plane large enough for a convolution of the gradient",
  "a series",
  "a group a channel, dilated",
];
checkOp(conv, [...samples, ...samples.filter(({ title }) => open.includes(title)).map(ofOpenLength)]);
