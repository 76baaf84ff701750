import { AthanorError, nearestName } from "@athanor/core";
import type { Dim, Graph, ValueInfo } from "../model.ts";
import { showShape } from "../shapes.ts";

export interface DimOptions {
  /** Lengths of symbolic axes by symbol, such as `{ batch: 4 }`. */
  readonly dims?: Readonly<Record<string, number>>;
  /** Whole shapes of inputs by name; they also settle the symbols that the input's axes carry. */
  readonly shapes?: Readonly<Record<string, readonly Dim[]>>;
}

/**
 * Puts lengths in the place of symbols wherever a graph states shapes; inputs that are stored as weights are dropped.
 *
 * @throws `onnx/shape` when a shape contradicts the model, or when an input has no known rank
 */
export function concreteDims(graph: Graph, { dims = {}, shapes = {} }: DimOptions): Graph {
  const known = new Map(Object.entries(dims));
  const inputs = graph.inputs.filter(({ name }) => !graph.initializers.has(name));
  const byName = new Map(inputs.map((info) => [info.name, info]));
  for (const [name, shape] of Object.entries(shapes)) settle(known, find(byName, name), shape);
  const replace = (dim: Dim): Dim => (typeof dim === "string" ? (known.get(dim) ?? dim) : dim);
  const concrete = (info: ValueInfo): ValueInfo => ({ ...info, shape: info.shape?.map(replace) });
  return {
    ...graph,
    inputs: inputs.map((info) => ranked({ ...concrete(info), shape: shapes[info.name] ?? concrete(info).shape })),
    outputs: graph.outputs.map(concrete),
    values: graph.values.map(concrete),
  };
}

function find(inputs: ReadonlyMap<string, ValueInfo>, name: string): ValueInfo {
  const input = inputs.get(name);
  if (input !== undefined) return input;
  const names = [...inputs.keys()];
  const near = nearestName(name, names);
  throw new AthanorError("onnx/unknown-value", `Graph: expected one of the inputs ${names.join(", ")}, got ${name}`, {
    ...(near ? { fix: `Write ${near}.` } : {}),
    details: { name },
  });
}

function settle(known: Map<string, number>, { name, shape: stated }: ValueInfo, given: readonly Dim[]): void {
  if (stated === undefined) return;
  const fits = given.length === stated.length && given.every((dim, axis) => agrees(known, stated[axis]!, dim));
  if (fits) return;
  throw new AthanorError(
    "onnx/shape",
    `Graph: expected ${name} to have the shape ${showShape(stated)}, got ${showShape(given)}`,
    { fix: "Give a length for each symbolic axis and keep the others.", details: { name, stated, given } },
  );
}

/** Remembers what a symbol stands for; a symbol has one length in a graph. */
function agrees(known: Map<string, number>, stated: Dim, given: Dim): boolean {
  if (typeof given === "string") return true;
  if (typeof stated === "number") return stated === given;
  if (!known.has(stated)) known.set(stated, given);
  return known.get(stated) === given;
}

function ranked(info: ValueInfo): ValueInfo {
  if (info.shape !== undefined) return info;
  throw new AthanorError("onnx/shape", `Graph: expected a shape for the input ${info.name}, got none in the model`, {
    fix: `Give it while importing: { shapes: { ${JSON.stringify(info.name)}: [1, 3, 224, 224] } }.`,
    details: { name: info.name },
  });
}
