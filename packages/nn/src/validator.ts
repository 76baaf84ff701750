import { arrayOf, type LongWork, Random, sizeOf, Tensor, type TensorData } from "@athanor/core";
import { openSession } from "@athanor/runtime";
import type { FeedSource, Feeds } from "./batch-source.ts";
import { evaluationModel } from "./evaluation-graph.ts";
import type { Metric } from "./fit-options.ts";
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

function batchSizeOf({ inputs }: Pick<Network, "inputs">): number {
  const bytes = Object.values(inputs).reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);
  return Math.max(16, Math.min(512, Math.floor(batchBytes / Math.max(1, bytes))));
}

export async function openValidator<O extends Outputs, T extends Outputs>(
  network: Network<O>,
  loss: Loss<O, T>,
  source: FeedSource,
  metrics: Readonly<Record<string, Metric<O, T>>>,
): Promise<Validator> {
  const model = evaluationModel(network, loss, source.targets);
  const session = await openSession(model);
  const batchSize = batchSizeOf(network);
  const outputs = model.graph.outputs.filter(({ name }) => name.startsWith("output:"));
  return {
    async evaluate(weights, { signal }, limit = source.count) {
      const named = Object.fromEntries(Object.entries(weights).map(([name, tensor]) => [`weight:${name}`, tensor]));
      const count = Math.min(limit, source.count);
      let total = 0;
      const parts: Feeds[] = [];
      const targets: Feeds[] = [];
      const starts = Array.from({ length: Math.ceil(count / batchSize) }, (_, i) => i * batchSize);
      const take = (i: number) => {
        const length = Math.min(batchSize, count - starts[i]!);
        const rows = Uint32Array.from({ length }, (_, k) => starts[i]! + k);
        return source.take(rows, Random.from(i), signal);
      };
      const batches = ahead(starts.length, take, 1);
      try {
        for (const start of starts) {
          const batch = await batches.next();
          const results = await session.run({ ...batch, ...named }, { signal });
          total += Number(results.loss!.data[0]) * Math.min(batchSize, count - start);
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
      const output = ("output" in collected ? collected.output : collected) as TensorsOf<O>;
      const wanted = Object.keys(source.targets).map((name) => [name, joinRows(targets.map((each) => each[name]!))]);
      const target = tensorsOfTargets(Object.fromEntries(wanted)) as TensorsOf<T>;
      return {
        loss: total / count,
        ...Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, metric(output, target)])),
      };
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

function joinRows(parts: readonly Tensor[]): Tensor {
  if (parts.length === 1) return parts[0]!;
  const { dtype, shape } = parts[0]!;
  const rows = parts.reduce((sum, part) => sum + part.shape[0]!, 0);
  const data = new (arrayOf(dtype as "float32"))(rows * sizeOf(shape.slice(1)));
  let at = 0;
  for (const part of parts) {
    data.set(part.data as Float32Array, at);
    at += part.size;
  }
  return new Tensor(dtype, data as TensorData, [rows, ...shape.slice(1)]);
}
