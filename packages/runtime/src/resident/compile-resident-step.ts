import { float32, Tensor } from "@athanor/core";
import { commonSubexpressions, GraphBuilder, layerNormStatistics, type Node, rewrite, writeModel } from "@athanor/onnx";
import { known, plainOf } from "../bind-step.ts";
import { buildStep, outputs } from "../build-step.ts";
import type { Device } from "../device/device.ts";
import { checkFeeds, plainFeeds } from "../open-session.ts";
import type { PlainFeeds } from "../protocol.ts";
import { resultOf } from "../step-result.ts";
import type { FloatTensors, StepDefinition, TrainingStep } from "../training-step.ts";
import { startWorker } from "../worker-client.ts";
import { flatParameters } from "./flat-parameters.ts";

/**
 * Compiles a step whose parameters and optimizer state stay on the device: only the batch goes in and the loss and metrics come out.
 *
 * @throws what building the graph throws, `runtime/run` when the runtime cannot load it
 */
export async function compileResidentStep(
  definition: StepDefinition,
  device: Device,
  threads: number,
): Promise<TrainingStep> {
  const flat = flatParameters(definition);
  const { model: built, moved } = buildStep({ ...flat.definition, sparse: [] }, new Set(), "gpu");
  const model = await rewrite(built, [commonSubexpressions, layerNormStatistics]);
  const replies = model.graph.outputs.filter(
    ({ name }) => name === outputs.loss || name.startsWith(outputs.metric("")),
  );
  for (const { name, shape } of replies) known(name, shape);
  const worker = startWorker();
  try {
    const { session, inputs } = await worker.request("open", {
      bytes: writeModel(model),
      threads,
      isTraining: true,
      device,
      resident: Object.keys(moved).map(outputs.moved),
      onHost: model.graph.nodes.filter(needsHost).map(({ name }) => name),
    });
    const binding = {
      states: plainOf(moved),
      moved: Object.fromEntries(Object.keys(moved).map((name) => [name, outputs.moved(name)])),
      reader: readerOf(moved),
    };
    await worker.request("keep", { session, binding });
    const bound = new Set(["learningRate", "step", ...Object.keys(moved)]);
    const fed = inputs.filter(({ name }) => !bound.has(name));
    let step = 0;
    const runMany: TrainingStep["runMany"] = async (batches, { learningRate, signal }) => {
      signal?.throwIfAborted();
      const steps = batches.map((batch): PlainFeeds => {
        checkFeeds(fed, batch);
        step++;
        return {
          ...plainFeeds(batch),
          ...plainOf({ learningRate: float32([learningRate], []), step: float32([step], []) }),
        };
      });
      return (await worker.request("stepsKept", { session, steps })).map(resultOf);
    };
    return {
      nodeCount: model.graph.nodes.length,
      runMany,
      run: async (batch, options) => (await runMany([batch], options))[0]!,
      async snapshot() {
        const at = step;
        const states = await worker.request("readKept", { session });
        const tensors = Object.entries(states).map(
          ([name, { data, shape }]) => [name, new Tensor("float32", data as Float32Array, shape)] as const,
        );
        return { step: at, states: flat.apart(Object.fromEntries(tensors)) };
      },
      async restore(snapshot) {
        step = snapshot.step;
        await worker.request("writeKept", { session, states: plainOf(flat.together(snapshot.states)) });
      },
      [Symbol.asyncDispose]: () => worker.terminate(),
    };
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

/** True for what the WebGPU provider takes and then refuses: places of maxima. */
const needsHost = ({ op, outputs: results }: Node): boolean => op === "MaxPool" && results.length > 1;

/** A graph that gives back what it takes: a tensor on the device cannot be read in another way. */
function readerOf(states: FloatTensors): Uint8Array {
  const g = new GraphBuilder();
  for (const [name, { shape }] of Object.entries(states))
    g.output(outputs.moved(name), g.op("Identity", [g.input(name, "float32", shape)]));
  return writeModel(g.build());
}
