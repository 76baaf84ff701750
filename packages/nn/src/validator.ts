import { type LongWork, sizeOf, Tensor } from "@athanor/core";
import { openSession } from "@athanor/runtime";
import { evaluationModel } from "./evaluation-graph.ts";
import type { Metric, Rows } from "./fit.ts";
import type { FloatTensors } from "./initialize.ts";
import type { Loss } from "./loss.ts";
import type { Network } from "./network.ts";
import { sliceRows } from "./rows.ts";

/** Measures a network on rows that it does not learn from. */
export interface Validator extends AsyncDisposable {
  evaluate(weights: FloatTensors, work: LongWork): Promise<Record<string, number>>;
}

const batchSize = 512;

export async function openValidator(
  network: Network,
  loss: Loss,
  rows: Rows,
  metrics: Readonly<Record<string, Metric>>,
): Promise<Validator> {
  const session = await openSession(evaluationModel(network, loss, rows.y));
  const inputs = rows.x instanceof Tensor ? { [Object.keys(network.inputs)[0]!]: rows.x } : rows.x;
  const count = rows.y.shape[0]!;
  return {
    async evaluate(weights, { signal }) {
      const named = Object.fromEntries(Object.entries(weights).map(([name, tensor]) => [`weight:${name}`, tensor]));
      let total = 0;
      let output: Tensor | undefined;
      for (let start = 0; start < count; start += batchSize) {
        const end = Math.min(count, start + batchSize);
        const batch = Object.fromEntries(
          Object.entries(inputs).map(([name, tensor]) => [name, sliceRows(tensor, start, end)]),
        );
        const results = await session.run({ ...batch, ...named, target: sliceRows(rows.y, start, end) }, { signal });
        total += Number(results.loss!.data[0]) * (end - start);
        const part = results.output!;
        output ??= new Tensor("float32", new Float32Array(count * sizeOf(part.shape.slice(1))), [
          count,
          ...part.shape.slice(1),
        ]);
        (output.data as Float32Array).set(part.data as Float32Array, start * sizeOf(part.shape.slice(1)));
      }
      return {
        loss: total / count,
        ...Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, metric(output!, rows.y)])),
      };
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}
