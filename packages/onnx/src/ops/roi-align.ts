import { defineOp, float, int, string } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Dim } from "../model.ts";
import { type RegionSamples, regionSamples } from "../rules/region-samples.ts";
import { staticShape } from "../shapes.ts";

export const roiAlign = defineOp({
  name: "RoiAlign",
  attributes: {
    coordinate_transformation_mode: string<"half_pixel" | "output_half_pixel">("half_pixel"),
    mode: string<"avg" | "max">("avg"),
    output_height: int(1),
    output_width: int(1),
    sampling_ratio: int(0),
    spatial_scale: float(1),
  },
  inputs: [3, 3],
  infer({ inputs: [x, regions], attributes: { output_height, output_width } }) {
    const [count, channels] = [regions!.shape?.[0], x!.shape?.[1]];
    if (count === undefined || channels === undefined) return [{ dtype: x!.dtype, shape: undefined }];
    return [{ dtype: x!.dtype, shape: [count, channels, output_height, output_width] }];
  },
  decompose({ g, inputs: [x, regions, images], outputs: [y], attributes }) {
    const [, , height, width] = staticShape("RoiAlign", x!) as Image;
    const isHalf = attributes.coordinate_transformation_mode === "half_pixel";
    const scaled = g.mul(regions!, attributes.spatial_scale);
    const corners = isHalf ? g.sub(scaled, 0.5) : scaled;
    const end = (place: number) => g.gather(corners, g.constant(place, "int64"), 1);
    const common = { isStretched: !isHalf, perBin: attributes.sampling_ratio };
    const rows = regionSamples(g, {
      ...common,
      ends: [end(1), end(3)],
      bins: attributes.output_height,
      length: height,
    });
    const columns = regionSamples(g, {
      ...common,
      ends: [end(0), end(2)],
      bins: attributes.output_width,
      length: width,
    });
    const form = attributes.mode === "avg" ? means : largest;
    return [g.reshape(form(g, { x: x!, images: images!, rows, columns }), y!.shape)];
  },
});

type Image = readonly [batch: number, channels: number, height: number, width: number];

interface Regions {
  readonly x: Value;
  /** The image of each region. */
  readonly images: Value;
  readonly rows: RegionSamples;
  readonly columns: RegionSamples;
}

/** Linear weights are products of one an axis, so that a mean is two products: with what the rows read, then the columns. */
function means(g: GraphBuilder, { x, images, rows, columns }: Regions): Value {
  const [batch, channels, height, width] = x.shape as Image;
  const along = weights(g, rows, height);
  const [count, bins] = along.shape as readonly [Dim, number];
  const own = g.cast(g.equal(g.reshape(images, [-1, 1, 1, 1]), numbers(g, batch, images, [batch, 1])), x.dtype);
  const placed = batch === 1 ? along : g.mul(g.reshape(along, [count, bins, 1, height]), own);
  const stacked = g.reshape(g.transpose(x, [0, 2, 1, 3]), [batch * height, channels * width]);
  const read = g.matMul(g.reshape(placed, [-1, batch * height]), stacked);
  const across = g.transpose(weights(g, columns, width), [0, 2, 1]);
  const sums = g.matMul(g.reshape(read, [count, bins * channels, width]), across);
  return g.transpose(g.reshape(sums, [count, bins, channels, across.shape[2]!]), [0, 2, 1, 3]);
}

/** How much each bin reads of each element along an axis, `[regions, bins, elements]`. */
function weights(g: GraphBuilder, { at, share }: RegionSamples, length: number): Value {
  const last = g.constant([-1], "int64");
  const distance = g.abs(g.sub(g.op("Unsqueeze", [at, last]), numbers(g, length, at, [length])));
  const rows = g.matMul(g.op("Unsqueeze", [share, g.constant([2], "int64")]), g.relu(g.sub(1, distance)));
  return g.op("Squeeze", [rows, g.constant([2], "int64")]);
}

const numbers = (g: GraphBuilder, length: number, { dtype }: Value, shape: readonly number[]): Value =>
  g.reshape(g.constant([...Array(length).keys()], dtype as "float32"), shape);

/** The largest of what a bin's points read of single elements, each weighed, as the runtime has it. */
function largest(g: GraphBuilder, { x, images, rows, columns }: Regions): Value {
  const [, channels, height, width] = x.shape as Image;
  const stacked = g.reshape(g.transpose(x, [0, 2, 3, 1]), [-1, channels]);
  const spread = (value: Value, axes: readonly number[]) => g.op("Unsqueeze", [value, g.constant(axes, "int64")]);
  const first = g.mul(g.cast(g.reshape(images, [-1, 1, 1]), "int64"), g.constant(height, "int64"));
  const [down, across] = [corners(g, rows, height), corners(g, columns, width)];
  const reads = down.flatMap((row) =>
    across.map((column) => {
      const start = spread(g.mul(g.add(first, row.index), g.constant(width, "int64")), [2, 4]);
      const weight = g.mul(spread(row.weight, [2, 4, 5]), spread(column.weight, [1, 3, 5]));
      return g.mul(g.gather(stacked, g.add(start, spread(column.index, [1, 3]))), weight);
    }),
  );
  return g.transpose(g.reduceMax(g.op("Max", reads), [3, 4]), [0, 3, 1, 2]);
}

/** The elements before and after each point with their weights, `[regions, bins, points]`. */
function corners(g: GraphBuilder, { at, isInside }: RegionSamples, length: number) {
  const before = g.cast(at, "int64");
  const rest = g.sub(at, g.cast(before, at.dtype));
  const after = g.min(g.add(before, 1), length - 1);
  return [
    { index: before, weight: g.mul(g.sub(1, rest), isInside) },
    { index: after, weight: g.mul(rest, isInside) },
  ];
}
