import { arrayOf, type LongWork, sizeOf, Tensor, type TensorData } from "@athanor/core";
import { openSession } from "@athanor/runtime";
import { evaluationModel } from "./evaluation-graph.ts";
import type { Metric, Rows } from "./fit.ts";
import type { FloatTensors } from "./initialize.ts";
import type { Loss } from "./loss.ts";
import type { Network } from "./network.ts";
import { type Outputs, type TensorsOf, targetsByName } from "./outputs.ts";
import { sliceRows } from "./rows.ts";

/** Measures a network on rows that it does not learn from. */
export interface Validator extends AsyncDisposable {
  evaluate(weights: FloatTensors, work: LongWork): Promise<Record<string, number>>;
}

const batchSize = 512;

export async function openValidator<O extends Outputs, T extends Outputs>(
  network: Network<O>,
  loss: Loss<O, T>,
  rows: Rows<T>,
  metrics: Readonly<Record<string, Metric<O, T>>>,
): Promise<Validator> {
  const targets = targetsByName(rows.y);
  const model = evaluationModel(network, loss, targets);
  const session = await openSession(model);
  const inputs = rows.x instanceof Tensor ? { [Object.keys(network.inputs)[0]!]: rows.x } : rows.x;
  const fed = Object.entries({ ...inputs, ...targets });
  const count = Object.values(inputs)[0]!.shape[0]!;
  const outputs = model.graph.outputs.filter(({ name }) => name.startsWith("output:"));
  return {
    async evaluate(weights, { signal }) {
      const named = Object.fromEntries(Object.entries(weights).map(([name, tensor]) => [`weight:${name}`, tensor]));
      let total = 0;
      const parts: Readonly<Record<string, Tensor>>[] = [];
      for (let start = 0; start < count; start += batchSize) {
        const end = Math.min(count, start + batchSize);
        const batch = Object.fromEntries(fed.map(([name, tensor]) => [name, sliceRows(tensor, start, end)]));
        const results = await session.run({ ...batch, ...named }, { signal });
        total += Number(results.loss!.data[0]) * (end - start);
        parts.push(results);
      }
      const collected = Object.fromEntries(
        outputs.map(({ name, shape }) => {
          const all = parts.map((part) => part[name]!);
          // What is not of the rows, such as a table of the network, is the same in each part.
          return [name.slice("output:".length), shape?.[0] === "batch" ? joinRows(all) : all[0]!];
        }),
      );
      const output = ("output" in collected ? collected.output : collected) as TensorsOf<O>;
      return {
        loss: total / count,
        ...Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, metric(output, rows.y)])),
      };
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

function joinRows(parts: readonly Tensor[]): Tensor {
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
