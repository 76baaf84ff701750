import { atOnce, type Slices, sizeOf, Tensor } from "@athanor/core";
import { deadCodeSlices, type Model, type Node, namesRead, renamed } from "@athanor/onnx";
import { outputs } from "./step-names.ts";

/** By parameter: the axis of the parameter that each axis of what the graphs take is. */
export type Orders = Readonly<Record<string, readonly number[]>>;

/**
 * Finds the parameters that nothing reads in their own order, but only with their axes in another, and whose gradients come
 * out that way: they can lie in memory as the graph reads them. Their update looks at one element at a time and does not mind.
 *
 * @returns by parameter, the axis of the parameter that each axis of what the graph reads is
 */
export function* preferredOrders(model: Model, updatedOutside: Iterable<string>): Slices<Orders> {
  return ordersIn(yield* linksOf(model), updatedOutside);
}

function ordersIn({ readers, producers }: Links, updatedOutside: Iterable<string>): Orders {
  const orders: Record<string, readonly number[]> = {};
  for (const name of updatedOutside) {
    const order = orderOf(onlyOf(readers.get(name)));
    const named = producers.get(outputs.gradient(name));
    const back = orderOf(named?.op === "Identity" ? producers.get(named.inputs[0]!) : undefined);
    if (order !== undefined && back !== undefined && order.every((axis, i) => back[axis] === i)) orders[name] = order;
  }
  return orders;
}

/**
 * Makes a graph take parameters, and give gradients, with their axes in given orders. Transposes are taken off where they
 * stand; where they do not, as the orders are those that another graph prefers, others are put in.
 */
export function* layOutParameters(model: Model, orders: Orders): Slices<Model> {
  if (Object.keys(orders).length === 0) return model;
  const { graph } = model;
  const links = yield* linksOf(model);
  const { readers, producers } = links;
  const preferred = ordersIn(links, Object.keys(orders));
  yield;
  const names = new Map<string, string>();
  const dropped = new Set<Node>();
  const redirected = new Map<Node, Node>();
  const before: Node[] = [];
  const after: Node[] = [];
  for (const [name, order] of Object.entries(orders)) {
    const gradientName = outputs.gradient(name);
    const named = producers.get(gradientName)!;
    if (String(preferred[name]) === String(order)) {
      const [reader] = readers.get(name)! as [Node];
      names.set(reader.outputs[0]!, name);
      dropped.add(reader);
      redirected.set(named, { ...named, inputs: producers.get(named.inputs[0]!)!.inputs });
    } else {
      names.set(name, `${name}:read`);
      names.set(gradientName, `${gradientName}:given`);
      before.push(transpose(name, `${name}:read`, undone(order)));
      after.push(transpose(`${gradientName}:given`, gradientName, order));
    }
  }
  const nodes: Node[] = [];
  for (const node of graph.nodes) {
    if (!dropped.has(node)) nodes.push(renamed(redirected.get(node) ?? node, (name) => names.get(name) ?? name));
    yield;
  }
  const laid = (name: string, shape: readonly (number | string)[] | undefined) =>
    orders[name] ? orders[name].map((axis) => shape![axis]!) : shape;
  const gradientOf = new Map(Object.keys(orders).map((name) => [outputs.gradient(name), name]));
  return yield* deadCodeSlices({
    ...model,
    graph: {
      ...graph,
      nodes: [...before, ...nodes, ...after],
      inputs: graph.inputs.map((input) => ({ ...input, shape: laid(input.name, input.shape) })),
      outputs: graph.outputs.map((output) => ({
        ...output,
        shape: laid(gradientOf.get(output.name) ?? "", output.shape),
      })),
    },
  });
}

interface Links {
  readonly readers: ReadonlyMap<string, readonly Node[]>;
  readonly producers: ReadonlyMap<string, Node>;
}

function* linksOf({ graph }: Model): Slices<Links> {
  const readers = new Map<string, Node[]>();
  const producers = new Map<string, Node>();
  for (const node of graph.nodes) {
    for (const name of namesRead(node)) {
      const known = readers.get(name);
      if (known) known.push(node);
      else readers.set(name, [node]);
    }
    for (const name of node.outputs) producers.set(name, node);
    yield;
  }
  return { readers, producers };
}

const onlyOf = (readers: readonly Node[] | undefined): Node | undefined =>
  readers?.length === 1 ? readers[0] : undefined;

const transpose = (input: string, output: string, perm: readonly number[]): Node => ({
  op: "Transpose",
  domain: "",
  name: output,
  inputs: [input],
  outputs: [output],
  attributes: { perm: { kind: "ints", value: perm.map(BigInt) } },
});

const orderOf = (node: Node | undefined): readonly number[] | undefined =>
  node?.op === "Transpose" && node.attributes.perm?.kind === "ints"
    ? node.attributes.perm.value.map(Number)
    : undefined;

/** A tensor with its axes in another order: axis i of the result is axis `order[i]` of the tensor. */
export function reordered(tensor: Tensor<"float32">, order: readonly number[]): Tensor<"float32"> {
  const result = new Float32Array(tensor.data.length);
  atOnce(writeReordered(result, tensor, order));
  return new Tensor(
    "float32",
    result,
    order.map((axis) => tensor.shape[axis]!),
  );
}

/** Writes a tensor with its axes in another order. */
export function* writeReordered(
  to: Float32Array,
  { data, shape }: { readonly data: Float32Array; readonly shape: readonly number[] },
  order: readonly number[],
): Slices<void> {
  const target = order.map((axis) => shape[axis]!);
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const steps = order.map((axis) => strides[axis]!);
  const place = new Array<number>(target.length).fill(0);
  const last = target.length - 1;
  const [length, step] = [target[last] ?? 1, steps[last] ?? 0];
  let sinceYield = 0;
  for (let i = 0, from = 0; i < to.length; ) {
    for (let k = 0; k < length; k++) to[i++] = data[from + k * step]!;
    for (let axis = last - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      if (++place[axis]! < target[axis]!) break;
      from -= steps[axis]! * target[axis]!;
      place[axis] = 0;
    }
    sinceYield += length;
    if (sinceYield < sliceLength) continue;
    sinceYield = 0;
    yield;
  }
}

/** Elements that are moved in well under a millisecond. */
const sliceLength = 2 ** 15;

/** The order that undoes another. */
export const undone = (order: readonly number[]): readonly number[] => order.map((_, axis) => order.indexOf(axis));
