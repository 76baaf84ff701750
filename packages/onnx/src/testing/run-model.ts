import "./half-bits.ts";
import { Tensor, type TensorData } from "@athanor/core";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { writeModel } from "../codec/write-model.ts";
import type { Model } from "../model.ts";

/** Rewrites of the runtime that hold for single precision only: one rounds a scale to it, one wants a kernel that is not there. */
const withoutSingle = { optimization: { disable_specified_optimizers: "MatMulScaleFusion;QuickGeluFusion" } };

/** Opens a model on stock ONNX Runtime, the reference executor, and returns a function that runs it. */
export async function openModel(
  model: Model,
): Promise<(feeds: Readonly<Record<string, Tensor>>) => Promise<Record<string, Tensor>>> {
  const { inputs, initializers } = model.graph;
  const hasDoubles = [...inputs, ...initializers.values()].some(({ dtype }) => dtype === "float64");
  const session = await InferenceSession.create(writeModel(model), {
    logSeverityLevel: 4,
    // One thread: on tiny tensors the threads of a pool only wait for each other, and for their end.
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    ...(hasDoubles ? { extra: withoutSingle } : {}),
  });
  return async (feeds) => {
    const given = Object.entries(feeds).map(([name, { dtype, data, shape }]) => [
      name,
      new OrtTensor(dtype as "float32", data as Float32Array, shape),
    ]);
    const results = await session.run(Object.fromEntries(given));
    return Object.fromEntries(
      Object.entries(results).map(([name, { type, data, dims }]) => [
        name,
        new Tensor(type as "float32", data as TensorData<"float32">, dims),
      ]),
    );
  };
}
