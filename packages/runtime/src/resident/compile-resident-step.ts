import { float32, Tensor } from "@athanor/core";
import { GraphBuilder, writeModel } from "@athanor/onnx";
import { caches } from "#cache";
import { known, plainOf, rateInputs } from "../bind-step.ts";
import { checkSnapshot } from "../check-snapshot.ts";
import { openOn } from "../device/resolve-device.ts";
import { plainFeeds } from "../feed-seats.ts";
import { held } from "../held.ts";
import { checkFeeds } from "../open-session.ts";
import { tensorOf } from "../optimizer.ts";
import { prepareGraph } from "../prepare-graph.ts";
import type { PlainFeeds } from "../protocol.ts";
import { readOptimizer, statesInGraph } from "../read-optimizer.ts";
import { closedStep, heedingSignal } from "../run-many.ts";
import type { HostOptions } from "../step-host.ts";
import { shapesAt } from "../step-inputs.ts";
import { outputs } from "../step-names.ts";
import { resultOf } from "../step-result.ts";
import type { FloatTensors, StepDefinition, StepOptions, StepSnapshot, TrainingStep } from "../training-step.ts";
import { startWorker } from "../worker-client.ts";
import { flatParameters } from "./flat-parameters.ts";

type Batch = Readonly<Record<string, Tensor>>;

/**
 * Compiles a step whose parameters and optimizer state stay on the device: only the batch goes in and the loss and metrics come out.
 *
 * @throws what building the graph throws, `runtime/run` when the runtime cannot load it, `runtime/device`
 */
export async function compileResidentStep(
  definition: StepDefinition,
  { device, threads, cache }: Pick<HostOptions, "device" | "threads" | "cache">,
): Promise<TrainingStep> {
  const flat = flatParameters(definition);
  const plans = Object.fromEntries(
    Object.entries(await readOptimizer(flat.definition)).map(([name, { slots }]) => [
      name,
      { slots, program: undefined },
    ]),
  );
  const { bytes, nodeCount, hasWeights, isCached, onHost } = await prepareGraph(flat.definition, plans, {
    shapes: shapesAt(definition.inputs, {}),
    device,
    isDeferred: false,
    cache: cache === undefined ? undefined : caches.open(cache),
  });
  const initial = { ...statesInGraph(flat.definition, plans), ...definition.buffers };
  const states = Object.fromEntries(Object.entries(initial).map(([name, state]) => [name, tensorOf(state)]));
  const moved = Object.fromEntries(Object.keys(states).map((name) => [name, outputs.moved(name)]));
  const worker = startWorker();
  try {
    const resident = Object.values(moved);
    const request = { bytes, threads, isTraining: true, hasWeights, device, resident, onHost };
    const { session, inputs, outputs: declared } = await openOn(device, () => worker.request("open", request));
    for (const { name, shape } of declared) if (!resident.includes(name)) known(name, shape);
    const binding = { states: plainOf(states), moved, reader: readerOf(states) };
    await worker.request("keep", { session, binding });
    const bound = new Set<string>([...rateInputs, ...Object.keys(states)]);
    const fed = inputs.filter(({ name }) => !bound.has(name));
    let step = 0;
    let isOpen = true;

    const runTogether: TrainingStep["runMany"] = async (batches, { learningRate, signal }) => {
      signal?.throwIfAborted();
      if (!isOpen) throw closedStep();
      for (const batch of batches) checkFeeds(fed, batch);
      const steps = batches.map((batch): PlainFeeds => {
        step++;
        const rate = { learningRate: float32([learningRate], []), step: float32([step], []) };
        return { ...plainFeeds(batch), ...plainOf(rate) };
      });
      return (await worker.request("stepsKept", { session, steps }, threads)).map(resultOf);
    };
    const members = {
      nodeCount,
      graphCount: 1,
      derivedCount: isCached ? 0 : 1,
      runMany: heedingSignal(runTogether),
      run: async (batch: Batch, options: StepOptions) => (await runTogether([batch], options))[0]!,
      async snapshot(): Promise<StepSnapshot> {
        const at = step;
        const kept = await worker.request("readKept", { session });
        const tensors = Object.entries(kept).map(
          ([name, { data, shape }]) => [name, new Tensor("float32", data as Float32Array, shape)] as const,
        );
        return { step: at, states: flat.apart(Object.fromEntries(tensors)) };
      },
      async restore(snapshot: StepSnapshot) {
        checkSnapshot(snapshot, 1);
        step = snapshot.step;
        await worker.request("writeKept", { session, states: plainOf(flat.together(snapshot.states)) });
      },
    };
    return held({ kind: "training step", name: "training-step" }, members, async () => {
      isOpen = false;
      await worker.close(session);
      await worker.terminate();
    });
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

/** A graph that gives back what it takes. */
function readerOf(states: FloatTensors): Uint8Array {
  const g = new GraphBuilder();
  for (const [name, { shape }] of Object.entries(states))
    g.output(outputs.moved(name), g.op("Identity", [g.input(name, "float32", shape)]));
  return writeModel(g.build());
}
