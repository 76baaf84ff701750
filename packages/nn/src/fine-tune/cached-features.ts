import { AthanorError, type LongWork, sizeOf, Tensor } from "@athanor/core";
import { openSession } from "@athanor/runtime";
import type { Rows } from "../batch-source.ts";
import { toOnnx } from "../evaluation-graph.ts";
import type { Network } from "../network.ts";
import { sliceRows } from "../rows.ts";

const batchSize = 32;

/** Rows whose inputs are what a frozen network gives for them, computed once. */
export async function featureRows(body: Network, { x, y }: Rows, { signal, onProgress }: LongWork): Promise<Rows> {
  await using session = await openSession(toOnnx(body, {}));
  const inputs = x instanceof Tensor ? { [Object.keys(body.inputs)[0]!]: x } : x;
  const count = y.shape[0]!;
  let features: Tensor<"float32"> | undefined;
  for (let start = 0; start < count; start += batchSize) {
    const end = Math.min(count, start + batchSize);
    const batch = Object.entries(inputs).map(([name, tensor]) => [name, sliceRows(tensor, start, end)]);
    const { output } = await session.run(Object.fromEntries(batch), { signal });
    const shape = output!.shape.slice(1);
    features ??= new Tensor("float32", new Float32Array(count * sizeOf(shape)), [count, ...shape]);
    features.data.set(output!.data as Float32Array, start * sizeOf(shape));
    onProgress?.({ stage: "features", done: end, total: count, unit: "rows" });
  }
  if (features !== undefined) return { x: features, y };
  throw new AthanorError("nn/rows", "fineTune: expected at least one row, got none", {
    fix: "Give inputs and targets with one row each per example.",
  });
}

/** Stands for a network whose outputs are known. */
export const featureNetwork = (features: Tensor): Network => ({
  name: "features",
  inputs: { features: { dtype: "float32", shape: features.shape.slice(1) } },
  parameters: {},
  buffers: {},
  build: ({ inputs }) => inputs.features!,
});
