import type { Random } from "@athanor/core";
import { float64, sizeOf } from "@athanor/core";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

/** What a step of a random graph sees; shapes are known, elements are of double precision. */
export interface Surroundings {
  readonly g: GraphBuilder;
  readonly x: Value;
  readonly random: Random;
  /** Another value that broadcasts against `x`. */
  partner(): Value;
  /** A fresh constant between −1 and 1. */
  noise(shape: readonly number[]): Value;
}

/** Appends one operator or a few; `undefined` where the value's shape does not admit it. */
export type Step = (it: Surroundings) => Value | readonly Value[] | undefined;

const shapeOf = ({ shape }: Value): readonly number[] => shape as readonly number[];
const hasElements = (x: Value): boolean => sizeOf(shapeOf(x)) > 0;
const whole = (g: GraphBuilder, values: readonly number[]): Value => g.constant(values, "int64");
const axisOf = ({ x, random }: Surroundings): number => random.integer(x.shape.length);

/** Keeps what follows between −1 and 1, where powers and products do not run away. */
const bounded = ({ g, x }: Surroundings): Value => g.tanh(x);
/** Between 1 and 2, for roots, logarithms and divisors. */
const positive = (it: Surroundings): Value => it.g.add(it.g.mul(bounded(it), 0.5), 1.5);

const unary =
  (name: string, domain: (it: Surroundings) => Value = ({ x }) => x): Step =>
  (it) =>
    it.g.op(name, [domain(it)]);
const binary =
  (name: string): Step =>
  ({ g, x, partner, random }) => {
    const other = partner();
    return g.op(name, random.integer(2) === 0 ? [x, other] : [other, x]);
  };

const elementwise: readonly Step[] = [
  ...["Neg", "Identity", "Sin", "Cos", "Tanh", "Sigmoid", "Abs", "Relu", "Swish"].map((name) => unary(name)),
  unary("Exp", bounded),
  ...["Log", "Sqrt", "Reciprocal"].map((name) => unary(name, positive)),
  ({ g, x, random }) =>
    g.op("Clip", [x, g.constant(-0.3, "float64"), random.integer(2) === 0 ? undefined : g.constant(0.6, "float64")]),
  ({ g, x }) => g.op("Mod", [x, g.constant(0.7, "float64")], { fmod: 1 }),
  ...["Add", "Sub", "Max", "Min", "Sum", "Mul"].map(binary),
  (it) => it.g.mul(bounded(it), it.partner()),
  (it) => it.g.div(it.partner(), positive(it)),
  (it) => it.g.pow(positive(it), it.g.tanh(it.partner())),
  (it) => it.g.pow(bounded(it), 1 + it.random.integer(3)),
  ({ g, x, partner }) => g.op("Sum", [x, partner(), x]),
  ({ g, x, partner, noise }) => {
    const other = partner();
    return g.where(g.less(noise(shapeOf(x)), 0), x, other);
  },
];

/** Those that have no result for no elements need some; those that multiply need bounds. */
const reduction =
  (name: string, domain: (it: Surroundings) => Value = ({ x }) => x): Step =>
  (it) => {
    const { g, x, random } = it;
    if (!hasElements(x) && name !== "ReduceSum") return undefined;
    const axes = [...x.shape.keys()].filter(() => random.integer(2) === 0);
    // The runtime reduces no elements over axes counted from the end to another shape than over those from the front.
    const fromEnd = hasElements(x) && random.integer(2) === 0;
    const given = fromEnd ? axes.map((axis) => axis - x.shape.length) : axes;
    return g.op(name, [domain(it), given.length === 0 ? undefined : whole(g, given)], { keepdims: random.integer(2) });
  };

const reductions: readonly Step[] = [
  ...["ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceLogSumExp"].map((name) =>
    reduction(name),
  ),
  ...["ReduceL2", "ReduceLogSum", "ReduceProd"].map((name) => reduction(name, positive)),
  reduction("ReduceSumSquare", bounded),
];

const rearrangements: readonly Step[] = [
  ({ g, x, random }) => g.transpose(x, [...random.permutation(x.shape.length)]),
  ({ g, x }) => (hasElements(x) ? g.reshape(x, [-1]) : undefined),
  ({ g, x }) => g.reshape(x, [...x.shape.slice(0, -1), 1, ...x.shape.slice(-1)]),
  (it) => it.g.op("Unsqueeze", [it.x, whole(it.g, [it.random.integer(it.x.shape.length + 1)])]),
  ({ g, x }) => {
    const axis = shapeOf(x).indexOf(1);
    return axis === -1 ? undefined : g.op("Squeeze", [x, whole(g, [axis])]);
  },
  (it) => (it.x.shape.length > 0 ? it.g.op("Flatten", [it.x], { axis: axisOf(it) }) : undefined),
  ({ g, x, random }) => g.op("Expand", [x, whole(g, [1 + random.integer(3), ...shapeOf(x)])]),
  ({ g, x, random }) =>
    g.op("Tile", [
      x,
      whole(
        g,
        x.shape.map(() => 1 + random.integer(2)),
      ),
    ]),
  ({ g, x, random }) => {
    if (x.shape.length === 0) return undefined;
    const pads = Array.from({ length: 2 * x.shape.length }, () => random.integer(3));
    return g.op("Pad", [x, whole(g, pads)], { mode: hasElements(x) && random.integer(2) === 0 ? "edge" : "constant" });
  },
  ({ g, x, random }) => {
    if (x.shape.length < 2) return undefined;
    return g.op("Trilu", [x, g.constant(random.integer(3) - 1, "int64")], { upper: random.integer(2) });
  },
];

/** Takes a part, sometimes none, forwards or backwards. */
const slice: Step = (it) => {
  const { g, x, random } = it;
  if (x.shape.length === 0) return undefined;
  const axis = axisOf(it);
  const length = shapeOf(x)[axis]!;
  const [start, step] = [random.integer(length + 1), 1 + random.integer(2)];
  const [from, to, by] =
    random.integer(3) === 0
      ? [length - 1, -length - 1, -step]
      : [start, start + random.integer(length - start + 1), step];
  return g.op("Slice", [x, whole(g, [from]), whole(g, [to]), whole(g, [axis]), whole(g, [by])]);
};

const selections: readonly Step[] = [
  slice,
  (it) => {
    if (it.x.shape.length === 0 || !hasElements(it.x)) return undefined;
    const axis = axisOf(it);
    const indices = Array.from({ length: 1 + it.random.integer(4) }, () => it.random.integer(shapeOf(it.x)[axis]!));
    return it.g.gather(it.x, whole(it.g, indices), axis);
  },
  (it) => {
    if (it.x.shape.length === 0 || !hasElements(it.x)) return undefined;
    const axis = axisOf(it);
    const shape = shapeOf(it.x);
    const indices = Array.from({ length: sizeOf(shape) }, () => it.random.integer(shape[axis]!));
    return it.g.op("GatherElements", [it.x, it.g.reshape(whole(it.g, indices), shape)], { axis });
  },
  (it) => {
    if (it.x.shape.length === 0) return undefined;
    const axis = axisOf(it);
    return it.g.concat([it.x, it.g.op("Sin", [it.x]), it.x], axis);
  },
  (it) => {
    if (it.x.shape.length === 0) return undefined;
    const axis = axisOf(it);
    const length = shapeOf(it.x)[axis]!;
    const first = it.random.integer(length + 1);
    return it.g.ops("Split", [it.x, whole(it.g, [first, length - first])], { axis }, { outputs: 2 });
  },
  (it) => {
    if (it.x.shape.length === 0 || !hasElements(it.x)) return undefined;
    const axis = axisOf(it);
    const k = 1 + it.random.integer(shapeOf(it.x)[axis]!);
    return it.g.ops("TopK", [it.x, whole(it.g, [k])], { axis, largest: it.random.integer(2) }, { outputs: 2 })[0];
  },
  (it) => {
    if (it.x.shape.length === 0) return undefined;
    const options = { exclusive: it.random.integer(2), reverse: it.random.integer(2) };
    return it.g.op("CumSum", [bounded(it), it.g.constant(axisOf(it), "int64")], options);
  },
];

const products: readonly Step[] = [
  (it) => {
    if (it.x.shape.length === 0) return undefined;
    return it.g.matMul(it.x, it.noise([shapeOf(it.x).at(-1)!, 1 + it.random.integer(3)]));
  },
  (it) => {
    if (it.x.shape.length < 2) return undefined;
    const axes = [...it.x.shape.keys()];
    return it.g.matMul(bounded(it), it.g.transpose(it.x, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]));
  },
  (it) => {
    if (it.x.shape.length !== 2) return undefined;
    const [rows, columns] = shapeOf(it.x) as [number, number];
    return it.g.op("Gemm", [it.x, bounded(it), it.noise([rows])], { transB: 1, alpha: 0.5, beta: 2 + columns });
  },
  // The runtime's Einsum divides by zero, and ends the process, where there are no elements.
  (it) =>
    it.x.shape.length === 2 && hasElements(it.x)
      ? it.g.op("Einsum", [it.x, bounded(it)], { equation: "ij,kj->ki" })
      : undefined,
];

const normalizations: readonly Step[] = [
  ...["Softmax", "LogSoftmax"].map(
    (name): Step =>
      (it) =>
        it.x.shape.length > 0 && hasElements(it.x) ? it.g.op(name, [it.x], { axis: axisOf(it) }) : undefined,
  ),
  (it) => {
    if (it.x.shape.length === 0 || !hasElements(it.x)) return undefined;
    const scale = it.noise(shapeOf(it.x).slice(-1));
    return it.g.op("LayerNormalization", [it.x, scale], { axis: -1, epsilon: 0.5 });
  },
];

/** Families of steps; each is drawn as often as the others. */
export const steps: readonly (readonly Step[])[] = [
  elementwise,
  elementwise,
  reductions,
  rearrangements,
  selections,
  products,
  normalizations,
];

/** A constant tensor between −1 and 1. */
export const noiseOf = (g: GraphBuilder, random: Random, shape: readonly number[]): Value =>
  g.constant(
    float64(
      Float64Array.from({ length: sizeOf(shape) }, () => 2 * random.uniform() - 1),
      shape,
    ),
  );
