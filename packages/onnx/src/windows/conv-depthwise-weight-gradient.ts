import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { staticShape } from "../shapes.ts";
import type { ConvOperands } from "./conv-weight-gradient.ts";
import { firstTaps } from "./first-taps.ts";

/** Whether each channel is convolved by itself into one map, in single precision. */
export const isDepthwise = ({ x, w, group }: ConvOperands): boolean =>
  group > 1 && x.dtype === "float32" && x.shape[1] === group && w.shape[0] === group;

/**
 * dW of a convolution of each channel by itself: every plane of the batch convolved with its own dY, summed over the batch.
 *
 * Strides become gaps between taps, and the reverse. The runtime's kernels for channels in blocks take planes as large as these for
 * taps, so that nothing is gathered.
 */
export function convDepthwiseWeightGradient(g: GraphBuilder, { x, w, dy, window }: ConvOperands): Value {
  const [batch, channels, ...lengths] = staticShape("Conv", x) as [number, number, ...number[]];
  const planes = batch * channels;
  const positions = staticShape("Conv", dy).slice(2);
  const { kernel, strides, dilations, pads } = window;
  const product = g.op("Conv", [g.reshape(x, [1, planes, ...lengths]), g.reshape(dy, [planes, 1, ...positions])], {
    group: planes,
    strides: dilations,
    dilations: strides,
    pads,
  });
  const each = g.reshape(firstTaps(g, product, kernel), [batch, ...w.shape]);
  return g.reduceSum(each, [0]);
}
