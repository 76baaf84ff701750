import { AthanorError } from "@athanor/core";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { knownSize } from "../shapes.ts";
import { type Window, type WindowAttributes, windowLengths, windowOf } from "../windows/window.ts";

interface Given extends WindowAttributes {
  readonly group: number;
  readonly kernel_shape: readonly number[];
}

/** Conv as one product over what each window reads. */
export function convByGather(
  g: GraphBuilder,
  [x, w, bias]: readonly (Value | undefined)[],
  attributes: Given,
): readonly [Value] {
  const window = windowOf("Conv", x!, w!.shape.slice(2) as readonly number[], attributes);
  return [withBias(g, convolved(g, x!, w!, window, attributes.group), bias)];
}

/** ConvTranspose as a convolution, by the taps in reverse, of an input that strides have moved apart. */
export function convTransposeByGather(
  g: GraphBuilder,
  [x, w, bias]: readonly (Value | undefined)[],
  attributes: Given & { readonly output_padding?: readonly number[]; readonly output_shape?: readonly number[] },
): readonly [Value] {
  const { group, output_padding: leftover, output_shape: told, auto_pad: mode } = attributes;
  if (mode !== "NOTSET" || told) throw unknownForm("ConvTranspose", "pads that are written out");
  const [channels, maps, ...kernel] = w!.shape as readonly [number, number, ...number[]];
  const { strides, dilations, pads } = windowOf("ConvTranspose", x!, kernel, attributes);
  let apart = g.op("Pad", [x, g.constant([0, 0, ...kernel.map(() => 0), 0, 0, ...kernel.map(() => 1)], "int64")]);
  let taps = g.reshape(w!, [group, channels / group, maps, ...kernel]);
  for (const [axis, size] of kernel.entries()) {
    const [length, stride] = [x!.shape[2 + axis] as number, strides[axis]!];
    const reach = (size - 1) * dilations[axis]!;
    const end = pads[axis]! + pads[axis + kernel.length]! - (leftover?.[axis] ?? 0);
    const places = Array.from({ length: stride * (length - 1) + 1 + 2 * reach - end }, (_, place) => {
      const from = (place - reach + pads[axis]!) / stride;
      return Number.isInteger(from) && from >= 0 && from < length ? from : length;
    });
    apart = g.gather(apart, g.constant(places, "int64"), 2 + axis);
    const reversed = g.constant(
      Array.from({ length: size }, (_, tap) => size - 1 - tap),
      "int64",
    );
    taps = g.gather(taps, reversed, 3 + axis);
  }
  const swapped = g.transpose(taps, [0, 2, 1, ...kernel.map((_, axis) => 3 + axis)]);
  const dense = { kernel, strides: kernel.map(() => 1), dilations, pads: kernel.flatMap(() => [0, 0]) };
  const weights = g.reshape(swapped, [group * maps, channels / group, ...kernel]);
  return [withBias(g, convolved(g, apart, weights, dense, group), bias)];
}

/** AveragePool as the mean of what each window reads. */
export function averagesByGather(
  g: GraphBuilder,
  [x]: readonly (Value | undefined)[],
  attributes: Given & { readonly count_include_pad: number; readonly ceil_mode: number },
): readonly [Value] {
  const window = windowOf("AveragePool", x!, attributes.kernel_shape, attributes);
  const isPadded = attributes.ceil_mode === 1 || window.pads.some((pad) => pad > 0);
  if (isPadded) throw unknownForm("AveragePool", "windows that lie inside the input");
  const taps = window.kernel.map((_, axis) => 2 + axis);
  return [g.reduceMean(windows(g, x!, window), taps)];
}

function convolved(g: GraphBuilder, x: Value, w: Value, window: Window, group: number): Value {
  const [batch, channels] = x.shape as readonly [number, number];
  const maps = w.shape[0] as number;
  const depth = (channels / group) * knownSize(window.kernel)!;
  const columns = g.reshape(windows(g, x, window), [batch, group, depth, -1]);
  const rows = g.reshape(w, [group, maps / group, depth]);
  return g.reshape(g.matMul(rows, columns), [batch, maps, ...windowLengths(x, window)] as readonly number[]);
}

const withBias = (g: GraphBuilder, sums: Value, bias: Value | undefined): Value =>
  bias ? g.add(sums, g.reshape(bias, [bias.shape[0] as number, ...sums.shape.slice(2).map(() => 1)])) : sums;

/** What each window reads: `[batch, channels, …kernel, …places]`. */
function windows(g: GraphBuilder, x: Value, window: Window): Value {
  const { kernel, strides, dilations, pads } = window;
  const lengths = windowLengths(x, window) as readonly number[];
  const rank = kernel.length;
  const around = [0, 0, ...pads.slice(0, rank), 0, 0, ...pads.slice(rank)];
  let read = around.some((pad) => pad > 0) ? g.op("Pad", [x, g.constant(around, "int64")]) : x;
  for (let axis = rank - 1; axis >= 0; axis--) {
    const places = Array.from({ length: kernel[axis]! }, (_, tap) =>
      Array.from({ length: lengths[axis]! }, (__, place) => tap * dilations[axis]! + place * strides[axis]!),
    );
    const index = g.reshape(g.constant(places.flat(), "int64"), [kernel[axis]!, lengths[axis]!]);
    read = g.gather(read, index, 2 + axis);
  }
  const taps = kernel.map((_, axis) => 2 + 2 * axis);
  return g.transpose(read, [0, 1, ...taps, ...taps.map((tap) => tap + 1)]);
}

const unknownForm = (op: string, expected: string): AthanorError =>
  new AthanorError("onnx/shape", `${op} in double precision: expected ${expected}, got another form`);
