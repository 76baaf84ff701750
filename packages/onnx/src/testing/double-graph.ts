import { attributeValues } from "../attributes.ts";
import { findDefinition } from "../graph/find-definition.ts";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import type { Model } from "../model.ts";
import { type Window, type WindowAttributes, windowLengths, windowOf } from "../windows/window.ts";
import { graphInDouble } from "./in-double.ts";

/** A model of known lengths in double precision, with what the runtime has no double kernel for made of what it has. */
export function doubleGraph(model: Model): Model {
  const graph = graphInDouble(model.graph);
  const g = new GraphBuilder();
  for (const { name, dtype, shape } of graph.inputs) g.input(name, dtype, shape!);
  for (const [name, stored] of graph.initializers) g.initializer(name, stored);
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((name) => (name === "" ? undefined : g.value(name)));
    const rule = node.domain === "" ? rules[node.op] : undefined;
    if (rule === undefined) g.adopt(node, inputs, node.outputs);
    else {
      const values = attributeValues(findDefinition(node.op, ""), node.attributes) as never;
      const made = rule(g, inputs as readonly Value[], values);
      g.adopt({ ...node, op: "Identity", inputs: [made.name], attributes: {} }, [made], node.outputs);
    }
  }
  for (const { name } of graph.outputs) g.output(name, g.value(name));
  return g.build();
}

interface Given extends WindowAttributes {
  readonly alpha: number;
  readonly beta: number;
  readonly group: number;
  readonly kernel_shape: readonly number[];
}

type Rule = (g: GraphBuilder, inputs: readonly Value[], attributes: Given) => Value;

const spatial = ({ shape }: Value): readonly number[] => [...shape.keys()].slice(2);
const clipped = (g: GraphBuilder, x: Value): Value => g.min(g.max(x, 0), 1);

const rules: Readonly<Record<string, Rule>> = {
  Conv(g, [x, w, bias], attributes) {
    const { group } = attributes;
    const [batch, channels] = x!.shape as readonly [number, number];
    const [maps, , ...kernel] = w!.shape as readonly [number, number, ...number[]];
    const window = windowOf("Conv", x!, kernel, attributes);
    const lengths = windowLengths(x!, window);
    const columns = g.reshape(windows(g, x!, window), [batch, group, (channels / group) * product(kernel), -1]);
    const rows = g.reshape(w!, [group, maps / group, (channels / group) * product(kernel)]);
    const sums = g.reshape(g.matMul(rows, columns), [batch, maps, ...lengths]);
    return bias ? g.add(sums, g.reshape(bias, [maps, ...lengths.map(() => 1)])) : sums;
  },
  AveragePool(g, [x], attributes) {
    const window = windowOf("AveragePool", x!, attributes.kernel_shape, attributes);
    return g.reduceMean(
      windows(g, x!, window),
      window.kernel.map((_, axis) => 2 + axis),
    );
  },
  GlobalAveragePool: (g, [x]) => g.reduceMean(x!, spatial(x!), true),
  GlobalMaxPool: (g, [x]) => g.reduceMax(x!, spatial(x!), true),
  HardSigmoid: (g, [x], { alpha, beta }) => clipped(g, g.add(g.mul(x!, alpha), beta)),
  HardSwish: (g, [x]) => g.mul(x!, clipped(g, g.add(g.div(x!, 6), 0.5))),
  LeakyRelu: (g, [x], { alpha }) => g.max(x!, g.mul(x!, alpha)),
};

const product = (lengths: readonly number[]): number => lengths.reduce((total, length) => total * length, 1);

/** What each window reads: `[batch, channels, …kernel, …places]`. */
function windows(g: GraphBuilder, x: Value, { kernel, strides, dilations, pads }: Window): Value {
  const lengths = windowLengths(x, { kernel, strides, dilations, pads }) as readonly number[];
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
