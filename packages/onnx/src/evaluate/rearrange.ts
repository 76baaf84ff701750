import { sizeOf, type Tensor } from "@athanor/core";
import { integersOf } from "../constant-tensor.ts";
import { broadcastShapes } from "../shapes.ts";
import { elementsOf, largest, places, rearranged, stretched, stridesOf, tensorOf } from "./elements.ts";
import { type EvaluateRule, intOf, intsOf } from "./rule.ts";

const fromFront = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);
const sumOf = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Axes as an input, or as the attribute of opsets before 13. */
const axesOf = ({ inputs, attributes }: Parameters<EvaluateRule>[0]): readonly number[] | undefined =>
  inputs[1] ? integersOf(inputs[1]) : intsOf(attributes, "axes");

const identity: EvaluateRule = ({ inputs: [x] }) => [x!];

const gather: EvaluateRule = ({ inputs, attributes }) => {
  const [x, indices] = inputs as readonly [Tensor, Tensor];
  const axis = fromFront(intOf(attributes, "axis", 0), x.shape.length);
  const length = x.shape[axis]!;
  const picks = integersOf(indices).map((index) => fromFront(index, length));
  if (picks.some((index) => !(index >= 0 && index < length))) return undefined;
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  const [strides, inner] = [stridesOf(x.shape), stridesOf(indices.shape)];
  const rank = indices.shape.length;
  return [
    rearranged(x, shape, (place) => {
      const pick = picks[sumOf(inner.map((stride, i) => stride * place[axis + i]!))]!;
      const before = sumOf(strides.slice(0, axis).map((stride, i) => stride * place[i]!));
      const after = sumOf(strides.slice(axis + 1).map((stride, i) => stride * place[axis + rank + i]!));
      return before + strides[axis]! * pick + after;
    }),
  ];
};

const concat: EvaluateRule = ({ inputs, attributes }) => {
  const parts = inputs as readonly Tensor[];
  const first = parts[0]!;
  const axis = fromFront(intOf(attributes, "axis", 0), first.shape.length);
  const length = sumOf(parts.map((part) => part.shape[axis]!));
  const outer = sizeOf(first.shape.slice(0, axis));
  const all = parts.map(elementsOf);
  const elements = Array.from({ length: outer }, (_, row) =>
    all.flatMap((values) => values.slice((row * values.length) / outer, ((row + 1) * values.length) / outer)),
  ).flat();
  return [tensorOf(first.dtype, elements, first.shape.with(axis, length))];
};

const split: EvaluateRule = ({ inputs, attributes, outputCount }) => {
  const [x, given] = inputs as readonly [Tensor, Tensor | undefined];
  const axis = fromFront(intOf(attributes, "axis", 0), x.shape.length);
  const length = x.shape[axis]!;
  const part = Math.ceil(length / outputCount);
  const even = Array.from({ length: outputCount }, (_, i) => Math.max(0, Math.min(part, length - i * part)));
  const lengths = given ? integersOf(given) : even;
  if (lengths.length !== outputCount || sumOf(lengths) !== length) return undefined;
  const strides = stridesOf(x.shape);
  return lengths.map((own, i) => {
    const start = sumOf(lengths.slice(0, i)) * strides[axis]!;
    return rearranged(
      x,
      x.shape.with(axis, own),
      (place) => start + sumOf(strides.map((stride, at) => stride * place[at]!)),
    );
  });
};

const slice: EvaluateRule = ({ inputs }) => {
  const [x, starts, ends, axes, steps] = inputs as readonly Tensor[];
  const [from, to] = [integersOf(starts!), integersOf(ends!)];
  const picked = x!.shape.map((length) => Array.from({ length }, (_, i) => i));
  for (const [i, given] of (axes ? integersOf(axes) : from.map((_, k) => k)).entries()) {
    const axis = fromFront(given, x!.shape.length);
    const length = x!.shape[axis]!;
    const step = steps ? integersOf(steps)[i]! : 1;
    const clamp = (at: number, low: number, high: number) => Math.min(Math.max(fromFront(at, length), low), high);
    const start = clamp(from[i]!, 0, step > 0 ? length : length - 1);
    const end = step > 0 ? clamp(to[i]!, 0, length) : to[i]! < -length ? -1 : clamp(to[i]!, -1, length - 1);
    const count = Math.max(0, Math.ceil((end - start) / step));
    picked[axis] = Array.from({ length: count }, (_, k) => start + k * step);
  }
  const strides = stridesOf(x!.shape);
  return [
    rearranged(
      x!,
      picked.map(({ length }) => length),
      (place) => sumOf(strides.map((stride, axis) => stride * picked[axis]![place[axis]!]!)),
    ),
  ];
};

const transpose: EvaluateRule = ({ inputs: [x], attributes }) => {
  const perm = intsOf(attributes, "perm") ?? x!.shape.map((_, axis) => axis).reverse();
  const strides = stridesOf(x!.shape);
  return [
    rearranged(
      x!,
      perm.map((axis) => x!.shape[axis]!),
      (place) => sumOf(perm.map((axis, i) => strides[axis]! * place[i]!)),
    ),
  ];
};

const unsqueeze: EvaluateRule = (context) => {
  const [x] = context.inputs as readonly [Tensor];
  const axes = axesOf(context) ?? [];
  const rank = x.shape.length + axes.length;
  const added = new Set(axes.map((axis) => fromFront(axis, rank)));
  const lengths = x.shape.values();
  return [x.reshape(Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : lengths.next().value!)))];
};

const squeeze: EvaluateRule = (context) => {
  const [x] = context.inputs as readonly [Tensor];
  const axes = axesOf(context)?.map((axis) => fromFront(axis, x.shape.length));
  return [x.reshape(x.shape.filter((length, axis) => (axes ? !axes.includes(axis) : length !== 1)))];
};

const reshape: EvaluateRule = ({ inputs, attributes }) => {
  const [x, target] = inputs as readonly [Tensor, Tensor];
  const keepsZero = intOf(attributes, "allowzero", 0) === 1;
  const lengths = integersOf(target).map((length, axis) => (length === 0 && !keepsZero ? x.shape[axis]! : length));
  const rest = sizeOf(lengths.filter((length) => length !== -1));
  return [x.reshape(lengths.map((length) => (length === -1 ? x.size / rest : length)))];
};

const expand: EvaluateRule = ({ inputs }) => {
  const [x, target] = inputs as readonly [Tensor, Tensor];
  const shape = broadcastShapes("Expand", x, { dtype: x.dtype, shape: integersOf(target) });
  return sizeOf(shape as readonly number[]) <= largest ? [stretched(x, shape as readonly number[])] : undefined;
};

const tile: EvaluateRule = ({ inputs }) => {
  const [x, repeats] = inputs as readonly [Tensor, Tensor];
  const times = integersOf(repeats);
  if (!(x.size * sizeOf(times) <= largest)) return undefined;
  const strides = stridesOf(x.shape);
  return [
    rearranged(
      x,
      x.shape.map((length, axis) => length * times[axis]!),
      (place) => sumOf(strides.map((stride, axis) => stride * (place[axis]! % x.shape[axis]!))),
    ),
  ];
};

const nonZero: EvaluateRule = ({ inputs: [x] }) => {
  const elements = elementsOf(x!);
  const found = Array.from(places(x!.shape), (place) => [...place]).filter((_, i) => Number(elements[i]) !== 0);
  const columns = x!.shape.map((_, axis) => found.map((place) => BigInt(place[axis]!)));
  return [tensorOf("int64", columns.flat(), [x!.shape.length, found.length])];
};

export const rearrange: Readonly<Record<string, EvaluateRule>> = {
  Identity: identity,
  Gather: gather,
  Concat: concat,
  Split: split,
  Slice: slice,
  Transpose: transpose,
  Unsqueeze: unsqueeze,
  Squeeze: squeeze,
  Reshape: reshape,
  Expand: expand,
  Tile: tile,
  NonZero: nonZero,
};
