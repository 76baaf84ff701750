import { sizeOf, type Tensor } from "@athanor/core";
import { integersOf, numberOf } from "../constant-tensor.ts";
import { constantValue } from "./constant-value.ts";
import { type Element, elementsOf, higher, isWide, largest, lower, places, stridesOf, tensorOf } from "./elements.ts";
import { type EvaluateRule, intOf, intsOf, type ShapeRule } from "./rule.ts";

const constant: EvaluateRule = ({ attributes }) => {
  const value = constantValue(attributes);
  return value && [value];
};

const constantOfShape: EvaluateRule = ({ inputs: [target], attributes: { value } }) => {
  const shape = integersOf(target!);
  if (!(sizeOf(shape) <= largest)) return undefined;
  const fill = value?.kind === "tensor" ? value.value : tensorOf("float32", [0], [1]);
  const [element] = elementsOf(fill);
  return [
    tensorOf(
      fill.dtype,
      Array.from(places(shape), () => element!),
      shape,
    ),
  ];
};

const range: EvaluateRule = ({ inputs }) => {
  const [start, limit, delta] = inputs as readonly [Tensor, Tensor, Tensor];
  const [from, to, by] = [start, limit, delta].map((tensor) => numberOf(tensor));
  const count = Math.max(0, Math.ceil((to! - from!) / by!));
  if (!(count <= largest)) return undefined;
  const values = Array.from({ length: count }, (_, i) => from! + i * by!);
  return [tensorOf(start.dtype, isWide(start.dtype) ? values.map(BigInt) : values, [count])];
};

type Fold = (a: Element, b: Element) => Element;
const reduced =
  (fold: Fold, start: (wide: boolean) => Element | undefined): EvaluateRule =>
  ({ inputs, attributes }) => {
    const [x, given] = inputs as readonly [Tensor, Tensor | undefined];
    if (x.dtype === "string") return undefined;
    const rank = x.shape.length;
    const axes = (given ? integersOf(given) : intsOf(attributes, "axes"))?.map((axis) =>
      axis < 0 ? axis + rank : axis,
    );
    if (axes?.length === 0 && intOf(attributes, "noop_with_empty_axes", 0) === 1) return [x];
    const gone = new Set(axes === undefined || axes.length === 0 ? x.shape.keys() : axes);
    const shape = x.shape.map((length, axis) => (gone.has(axis) ? 1 : length));
    const strides = stridesOf(shape);
    const totals: (Element | undefined)[] = Array.from(places(shape), () => start(isWide(x.dtype)));
    const elements = elementsOf(x);
    let i = 0;
    for (const place of places(x.shape)) {
      const at = place.reduce((sum, index, axis) => (gone.has(axis) ? sum : sum + index * strides[axis]!), 0);
      const element = elements[i++]!;
      totals[at] = totals[at] === undefined ? element : fold(totals[at], element);
    }
    if (totals.includes(undefined)) return undefined;
    const keeps = intOf(attributes, "keepdims", 1) === 1;
    return [tensorOf(x.dtype, totals as Element[], keeps ? shape : shape.filter((_, axis) => !gone.has(axis)))];
  };

const sum = (a: Element, b: Element): Element => ((a as number) + (b as number)) as Element;
const product = (a: Element, b: Element): Element => ((a as number) * (b as number)) as Element;

export const create: Readonly<Record<string, EvaluateRule>> = {
  Constant: constant,
  ConstantOfShape: constantOfShape,
  Range: range,
  ReduceSum: reduced(sum, (wide) => (wide ? 0n : 0)),
  ReduceProd: reduced(product, (wide) => (wide ? 1n : 1)),
  ReduceMax: reduced(higher, () => undefined),
  ReduceMin: reduced(lower, () => undefined),
};

/** Operators that read nothing of their input but its shape. */
export const ofShape: Readonly<Record<string, ShapeRule>> = {
  Shape: (shape, attributes) => {
    const part = shape.slice(intOf(attributes, "start", 0), intOf(attributes, "end", shape.length));
    if (!part.every((length) => typeof length === "number")) return undefined;
    return [tensorOf("int64", part.map(BigInt), [part.length])];
  },
  Size: (shape) => {
    if (!shape.every((length) => typeof length === "number")) return undefined;
    return [tensorOf("int64", [shape.reduce((total, length) => total * BigInt(length), 1n)], [])];
  },
};
