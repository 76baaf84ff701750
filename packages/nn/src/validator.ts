import { arrayOf, type LongWork, Random, sizeOf, Tensor, type TensorData } from "@athanor/core";
import { openSession } from "@athanor/runtime";
import type { FeedSource, Feeds } from "./batch-source.ts";
import { evaluationModel } from "./evaluation-graph.ts";
import type { FitOptions } from "./fit-options.ts";
import type { FloatTensors } from "./initialize.ts";
import type { Loss } from "./loss.ts";
import type { Network } from "./network.ts";
import { type Outputs, type TensorsOf, tensorsOfTargets } from "./outputs.ts";
import { ahead } from "./training/ahead.ts";

/** Measures a network on rows that it does not learn from. */
export interface Validator extends AsyncDisposable {
  /** Loss and metrics over all rows, or the first `limit`. */
  evaluate(weights: FloatTensors, work: LongWork, limit?: number): Promise<Record<string, number>>;
}

/** What a batch of inputs may hold: pictures come fewer at a time than rows of a table. */
const batchBytes = 2 ** 24;
/** What an axis whose length batches decide counts as. */
const unknownLength = 2 ** 16;

function batchSizeOf({ inputs }: Pick<Network, "inputs">): number {
  const sizes = Object.values(inputs).map(({ shape }) =>
    sizeOf(shape.map((length) => (typeof length === "number" ? length : unknownLength))),
  );
  const bytes = sizes.reduce((sum, size) => sum + 4 * size, 0);
  return Math.max(16, Math.min(512, Math.floor(batchBytes / Math.max(1, bytes))));
}

export async function openValidator<O extends Outputs, T extends Outputs>(
  network: Network<O>,
  loss: Loss<O, T>,
  source: FeedSource,
  { metrics = {}, decoded }: Pick<FitOptions<O, T>, "metrics" | "decoded">,
): Promise<Validator> {
  const model = evaluationModel(network, loss, source.targets, decoded);
  const session = await openSession(model);
  const size = batchSizeOf(network);
  const outputs = model.graph.outputs.filter(({ name }) => name.startsWith("output:"));
  return {
    async evaluate(weights, { signal }, limit = source.count) {
      const named = Object.fromEntries(Object.entries(weights).map(([name, tensor]) => [`weight:${name}`, tensor]));
      const count = Math.min(limit, source.count);
      let total = 0;
      const parts: Feeds[] = [];
      const targets: Feeds[] = [];
      const starts = Array.from({ length: Math.ceil(count / size) }, (_, i) => i * size);
      const take = (i: number) => {
        const length = Math.min(size, count - starts[i]!);
        const rows = Uint32Array.from({ length }, (_, k) => starts[i]! + k);
        return source.take(rows, Random.from(i), signal);
      };
      const batches = ahead(starts.length, take, 1);
      try {
        for (const start of starts) {
          const batch = await batches.next();
          const results = await session.run({ ...batch, ...named }, { signal });
          total += Number(results.loss!.data[0]) * Math.min(size, count - start);
          parts.push(results);
          targets.push(Object.fromEntries(Object.keys(source.targets).map((name) => [name, batch[name]!])));
        }
      } finally {
        await batches.settled();
      }
      const collected = Object.fromEntries(
        outputs.map(({ name, shape }) => {
          const all = parts.map((part) => part[name]!);
          // What is not of the rows, such as a table of the network, is the same in each part.
          return [name.slice("output:".length), shape?.[0] === "batch" ? joinRows(all) : all[0]!];
        }),
      );
      const output = "output" in collected ? collected.output : collected;
      const wanted = Object.keys(source.targets).map((name) => [name, joinRows(targets.map((each) => each[name]!))]);
      const target = tensorsOfTargets(Object.fromEntries(wanted)) as TensorsOf<T>;
      return {
        loss: total / count,
        ...(decoded
          ? measured(decoded.metrics, (metric) => metric(output as Tensor, target))
          : measured(metrics, (metric) => metric(output as TensorsOf<O>, target))),
      };
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

const measured = <M>(metrics: Readonly<Record<string, M>>, of: (metric: M) => number): Record<string, number> =>
  Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, of(metric)]));

/** Puts parts one below the other; where they are not equally long, what is missing in numbers of classes is −1. */
function joinRows(parts: readonly Tensor[]): Tensor {
  if (parts.length === 1) return parts[0]!;
  const { dtype, shape } = parts[0]!;
  const rows = parts.reduce((sum, part) => sum + part.shape[0]!, 0);
  const length = Math.max(...parts.map((part) => part.shape[1] ?? 1));
  const rest = sizeOf(shape.slice(2));
  const data = new (arrayOf(dtype as "float32"))(rows * length * rest);
  if (dtype === "int64") (data as unknown as BigInt64Array).fill(-1n);
  let row = 0;
  for (const part of parts) {
    const own = (part.shape[1] ?? 1) * rest;
    const values = part.data as Float32Array;
    for (let i = 0; i < part.shape[0]!; i++, row++)
      data.set(values.subarray(i * own, (i + 1) * own), row * length * rest);
  }
  return new Tensor(dtype, data as TensorData, shape.length < 2 ? [rows] : [rows, length, ...shape.slice(2)]);
}
