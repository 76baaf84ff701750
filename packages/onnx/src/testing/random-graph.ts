import { float64, Random, sizeOf, type Tensor } from "@athanor/core";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { broadcastShapes } from "../shapes.ts";
import { noiseOf, steps } from "./random-steps.ts";

/** A graph of drawn operators with a point to run it at. */
export interface RandomGraph {
  readonly g: GraphBuilder;
  readonly inputs: readonly Value[];
  readonly point: Readonly<Record<string, Tensor<"float64">>>;
  /** Values that nothing reads. */
  readonly sinks: readonly Value[];
}

/** Values grow no larger than this, so that a graph of forty nodes stays quick. */
const largest = 96;

/** Draws a graph of 5 to 40 nodes with fan-out, broadcasting and now and then an axis of length zero. */
export function randomGraph(seed: number): RandomGraph {
  const random = Random.from(seed);
  const g = new GraphBuilder();
  const base = Array.from({ length: 1 + random.integer(4) }, () =>
    random.integer(24) === 0 ? 0 : 1 + random.integer(3),
  );
  const inputs = Array.from({ length: 2 + random.integer(3) }, (_, i) => {
    const shape = base.slice(random.integer(base.length + 1)).map((length) => (random.integer(4) === 0 ? 1 : length));
    return g.input(`x${i}`, "float64", shape);
  });
  const point = Object.fromEntries(
    inputs.map(({ name, shape }) => {
      const lengths = shape as readonly number[];
      return [
        name,
        float64(
          Float64Array.from({ length: sizeOf(lengths) }, () => random.normal()),
          lengths,
        ),
      ];
    }),
  );
  const values = [...inputs];
  const wanted = 5 + random.integer(36);
  for (let tries = 0; g.nodes.length < wanted && tries < 10 * wanted; tries++) {
    const x = values[random.integer(values.length)]!;
    const family = steps[random.integer(steps.length)]!;
    const partner = () => {
      const start = random.integer(values.length);
      const turned = [...values.slice(start), ...values.slice(0, start)];
      return turned.find((value) => sizeAfter(x, value) !== undefined)!;
    };
    const noise = (shape: readonly number[]) => noiseOf(g, random, shape);
    const made = family[random.integer(family.length)]!({ g, x, random, partner, noise });
    if (made === undefined) continue;
    for (const value of Array.isArray(made) ? (made as Value[]) : [made as Value])
      if (sizeOf(value.shape as readonly number[]) <= largest && value.shape.length <= 5) values.push(value);
  }
  const read = new Set(g.nodes.flatMap(({ inputs: operands }) => operands.map((operand) => operand?.name)));
  return { g, inputs, point, sinks: values.filter(({ name }) => !read.has(name)) };
}

/** Elements of what two values broadcast to; `undefined` when they do not, or to too many. */
function sizeAfter(a: Value, b: Value): number | undefined {
  try {
    const size = sizeOf(broadcastShapes("Add", a, b) as readonly number[]);
    return size <= largest ? size : undefined;
  } catch {
    return undefined;
  }
}
