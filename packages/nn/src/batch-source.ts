import { AthanorError, type Random, sizeOf, Tensor } from "@athanor/core";
import type { Value } from "@athanor/onnx";
import type { InputSpec, Network } from "./network.ts";
import { type Outputs, type TensorsOf, targetsByName } from "./outputs.ts";
import { takeRows } from "./rows.ts";

/** Rows to learn from: inputs by name and targets, the batch axis first. */
export interface Rows<T extends Outputs = Value> {
  readonly x: Tensor | Readonly<Record<string, Tensor>>;
  readonly y: TensorsOf<T>;
}

/** Rows that come into being when a batch asks for them: read, decoded, augmented. */
export interface BatchSource<T extends Outputs = Value> {
  /** How many rows there are. */
  readonly count: number;
  /** One row of each target, or of the only one. */
  readonly targets: T extends Value ? InputSpec : { readonly [K in keyof T]: InputSpec };
  /**
   * The named rows in their order. Called for the next batches while a step computes; what is drawn comes from `random`, so that
   * a resumed training sees the same.
   */
  take(rows: Uint32Array, random: Random, signal?: AbortSignal): Promise<Rows<T>>;
}

export type Feeds = Readonly<Record<string, Tensor>>;

/** A source as a graph is fed from it: tensors by the names of graph inputs. */
export interface FeedSource {
  readonly count: number;
  readonly targets: Readonly<Record<string, InputSpec>>;
  take(rows: Uint32Array, random: Random, signal?: AbortSignal): Promise<Feeds>;
  /** All rows, where they are in memory. */
  readonly whole?: Feeds;
}

/** @throws `nn/rows` for no rows, or rows that do not fit the network or each other */
export function openSource<T extends Outputs>(
  network: Pick<Network, "inputs">,
  data: Rows<T> | BatchSource<T>,
): FeedSource {
  if (!("take" in data)) return wholeRows(network, data);
  if (data.count === 0) throw misfit("at least one row", "none");
  return {
    count: data.count,
    targets: targetsByName<InputSpec>(data.targets),
    take: async (rows, random, signal) => feedsOf(network, await data.take(rows, random, signal)),
  };
}

/** Tensors of rows by the names of graph inputs. */
const feedsOf = <T extends Outputs>({ inputs }: Pick<Network, "inputs">, { x, y }: Rows<T>): Feeds => ({
  ...(x instanceof Tensor ? { [Object.keys(inputs)[0]!]: x } : x),
  ...targetsByName<Tensor>(y),
});

function wholeRows<T extends Outputs>(network: Pick<Network, "inputs">, rows: Rows<T>): FeedSource {
  const targets = targetsByName<Tensor>(rows.y);
  const all = feedsOf(network, rows);
  const count = (Object.values(targets)[0] ?? Object.values(all)[0])?.shape[0] ?? 0;
  if (count === 0) throw misfit("at least one row", "none");
  for (const [name, { dtype, shape }] of Object.entries(network.inputs)) {
    const given = all[name];
    if (given === undefined) throw misfit(`the input ${name}`, Object.keys(all).join(", ") || "nothing");
    if (given.dtype !== dtype || given.shape[0] !== count || !isOfShape(given.shape.slice(1), shape)) {
      throw misfit(
        `${name} to be ${dtype} [${[count, ...shape].join(", ")}]`,
        `${given.dtype} [${given.shape.join(", ")}]`,
      );
    }
  }
  for (const [name, { shape }] of Object.entries(targets))
    if (shape[0] !== count) throw misfit(`${count} rows of ${name}`, `[${shape.join(", ")}]`);
  return {
    count,
    whole: all,
    targets: Object.fromEntries(
      Object.entries(targets).map(([name, { dtype, shape }]) => [name, { dtype, shape: shape.slice(1) }]),
    ),
    take: async (chosen) =>
      Object.fromEntries(Object.entries(all).map(([name, tensor]) => [name, takeRows(tensor, chosen)])),
  };
}

/** Of as many numbers, or where an axis has a name, of lengths that agree with the others. */
const isOfShape = (given: readonly number[], shape: InputSpec["shape"]): boolean =>
  shape.every((length) => typeof length === "number")
    ? sizeOf(given) === sizeOf(shape as readonly number[])
    : given.length === shape.length &&
      shape.every((length, axis) => typeof length === "string" || length === given[axis]);

const misfit = (expected: string, got: string) =>
  new AthanorError("nn/rows", `fit: expected ${expected}, got ${got}`, {
    fix: "Give inputs and targets with one row each per example.",
  });
