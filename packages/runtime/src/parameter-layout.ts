import { sizeOf, Tensor } from "@athanor/core";
import { deadCode, type Model, type Node, namesRead, renamed } from "@athanor/onnx";
import { outputs } from "./build-step.ts";

/** A step whose graph takes some parameters with their axes in another order, as it would otherwise put them itself. */
export interface LaidOut {
  readonly model: Model;
  /** By parameter: the axis of the parameter that each axis of what the graph takes is. */
  readonly orders: Readonly<Record<string, readonly number[]>>;
}

/**
 * Takes the Transposes off parameters that nothing reads in their own order, and off their gradients: a weight then lies in
 * memory as the graph reads it, and its update, which looks at one element at a time, does not mind.
 */
export function layOutParameters(model: Model, updatedOutside: Iterable<string>): LaidOut {
  const { graph } = model;
  const readers = Map.groupBy(
    graph.nodes.flatMap((node) => namesRead(node).map((name) => [name, node] as const)),
    ([name]) => name,
  );
  const producers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const orders: Record<string, readonly number[]> = {};
  const names = new Map<string, string>();
  const dropped = new Set<Node>();
  const redirected = new Map<Node, Node>();
  for (const name of updatedOutside) {
    const reader = readers.get(name)?.length === 1 ? readers.get(name)![0]![1] : undefined;
    const named = producers.get(outputs.gradient(name));
    const last = named?.op === "Identity" ? producers.get(named.inputs[0]!) : undefined;
    const [order, back] = [orderOf(reader), orderOf(last)];
    if (order === undefined || back === undefined || order.some((axis, i) => back[axis] !== i)) continue;
    orders[name] = order;
    names.set(reader!.outputs[0]!, name);
    dropped.add(reader!);
    redirected.set(named!, { ...named!, inputs: last!.inputs });
  }
  const nodes = graph.nodes
    .filter((node) => !dropped.has(node))
    .map((node) => renamed(redirected.get(node) ?? node, (name) => names.get(name) ?? name));
  const laid = (name: string, shape: readonly (number | string)[] | undefined) =>
    orders[name] ? orders[name].map((axis) => shape![axis]!) : shape;
  const gradientOf = new Map(Object.keys(orders).map((name) => [outputs.gradient(name), name]));
  return {
    orders,
    model: deadCode({
      ...model,
      graph: {
        ...graph,
        nodes,
        inputs: graph.inputs.map((input) => ({ ...input, shape: laid(input.name, input.shape) })),
        outputs: graph.outputs.map((output) => ({
          ...output,
          shape: laid(gradientOf.get(output.name) ?? "", output.shape),
        })),
      },
    }),
  };
}

const orderOf = (node: Node | undefined): readonly number[] | undefined =>
  node?.op === "Transpose" && node.attributes.perm?.kind === "ints"
    ? node.attributes.perm.value.map(Number)
    : undefined;

/** A tensor with its axes in another order: axis i of the result is axis `order[i]` of the tensor. */
export function reordered({ data, shape }: Tensor<"float32">, order: readonly number[]): Tensor<"float32"> {
  const target = order.map((axis) => shape[axis]!);
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const steps = order.map((axis) => strides[axis]!);
  const result = new Float32Array(data.length);
  const place = new Array<number>(target.length).fill(0);
  for (let i = 0, from = 0; i < result.length; i++) {
    result[i] = data[from]!;
    for (let axis = target.length - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      if (++place[axis]! < target[axis]!) break;
      from -= steps[axis]! * target[axis]!;
      place[axis] = 0;
    }
  }
  return new Tensor("float32", result, target);
}

/** The order that undoes another. */
export const undone = (order: readonly number[]): readonly number[] => order.map((_, axis) => order.indexOf(axis));
