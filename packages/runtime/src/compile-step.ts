import { AthanorError, canShareMemory, float32, runAhead, Tensor, zeros } from "@athanor/core";
import { quantizeWeights, rewrite, trainingPasses, writeModel } from "@athanor/onnx";
import { threads as platform } from "#threads";
import { type Both, bindingOf, known, plainOf, tablesOf } from "./bind-step.ts";
import { blockConvolutions } from "./block-convolutions.ts";
import { buildStep, outputs } from "./build-step.ts";
import { held } from "./held.ts";
import { checkFeeds } from "./open-session.ts";
import { layOutParameters, reordered, undone } from "./parameter-layout.ts";
import type { PlainFeeds, PlainTensor } from "./protocol.ts";
import type { Thread } from "./threads/threads.ts";
import type { StepDefinition, StepOptions, StepResult, StepSnapshot, TrainingStep } from "./training-step.ts";
import { elementwiseProgram } from "./update/elementwise-program.ts";
import { type PlacedParameters, placeParameters } from "./update/place-parameters.ts";
import { startWorker } from "./worker-client.ts";

type Batch = Readonly<Record<string, Tensor>>;

/**
 * Compiles loss, gradients and optimizer updates, and loads them into a worker of its own.
 *
 * Updates that are programs over elements run as vector kernels in place, on all threads; the others are part of the graph.
 *
 * @throws what building the graph throws, `runtime/run` when the runtime cannot load it, `runtime/too-large`
 */
export async function compileStep(
  definition: StepDefinition,
  { threads = platform.available() }: { readonly threads?: number } = {},
): Promise<TrainingStep> {
  const { parameters, optimizer } = definition;
  const outside = Object.keys(parameters).filter((name) =>
    elementwiseProgram(optimizer, { name, ...parameters[name]! }),
  );
  const { model: built, moved, uses } = buildStep(definition, new Set(outside));
  const { model: laidOut, orders } = layOutParameters(built, outside);
  const exact = await rewrite(laidOut, trainingPasses);
  const small = definition.quantize ? await rewrite(exact, [quantizeWeights(definition.quantize)]) : exact;
  const model = await blockConvolutions(small);
  const placed = placeParameters(
    Object.fromEntries(outside.map((name) => [name, inOrder(parameters[name]!, orders[name])])),
    optimizer,
    definition.sparse,
  );
  const own = new Set(outside);
  /** The order of a state's axes in memory; a slot, `NAME.SLOT`, lies as its parameter does. */
  const orderOf = (state: string) => orders[own.has(state) ? state : state.slice(0, state.lastIndexOf("."))];
  // A step reads one version and writes the other, so that no reader in the graph ever sees a half-updated value.
  const versions: Readonly<Record<string, Both>> = Object.fromEntries(
    Object.entries(moved).map(([name, tensor]) => [name, [sharedCopy(tensor), sharedCopy(tensor)]]),
  );
  const replies = Object.fromEntries(
    model.graph.outputs
      .filter(({ name }) => name === outputs.loss || name.startsWith(outputs.metric("")))
      .map(({ name, dtype, shape }) => [name, zeros(dtype as "float32", known(name, shape), { shared: true })]),
  );
  const tables = placed ? tablesOf(uses, placed, model.graph.outputs) : [];
  const worker = startWorker({ sharesMemory: true });
  const others = placed ? startUpdaters(placed, threads) : [];
  const stop = async () => {
    await Promise.all([worker.terminate(), ...others.map((other) => other.terminate())]);
  };
  try {
    const { session, inputs } = await worker.request("open", {
      bytes: writeModel(model),
      threads,
      isTraining: true,
      isBound: true,
    });
    await worker.request("bind", {
      session,
      binding: bindingOf(versions, replies, placed, { isClipped: definition.clipNorm !== undefined, tables }),
    });
    const bound = new Set(["learningRate", "step", ...Object.keys(versions), ...Object.keys(placed?.states ?? {})]);
    const fed = inputs.filter(({ name }) => !bound.has(name));
    const takesRate = inputs.some(({ name }) => name === "learningRate");
    const freeSeats: Record<string, Tensor>[] = [];
    let step = 0;
    let isOpen = true;

    /** Copies a batch into shared memory that no step in flight reads. */
    const seat = (batch: Batch): Record<string, Tensor> => {
      checkFeeds(fed, batch);
      const seats =
        freeSeats.pop() ??
        Object.fromEntries(
          fed.map(({ name, dtype, shape }) => [
            name,
            zeros(dtype as "float32", shape as readonly number[], { shared: true }),
          ]),
        );
      for (const [name, tensor] of Object.entries(seats))
        (tensor.data as Float32Array).set(batch[name]!.data as Float32Array);
      return seats;
    };

    const runTogether: TrainingStep["runMany"] = async (batches, { learningRate, signal }) => {
      signal?.throwIfAborted();
      if (!isOpen)
        throw new AthanorError("runtime/closed", "Training step: expected an open step, got one that was disposed", {
          fix: "Compile the step again, and restore a snapshot to go on.",
        });
      const parity = (step % 2) as 0 | 1;
      const seats = batches.map(seat);
      const steps = seats.map((tensors) => {
        step++;
        const feeds: Record<string, PlainTensor> = plainOf(tensors);
        if (takesRate) Object.assign(feeds, plainOf({ learningRate: scalar(learningRate), step: scalar(step) }));
        return { feeds, numbers: placed?.numbers({ learningRate, step }) };
      });
      const answers = await worker.request("steps", { session, parity, steps }, threads);
      freeSeats.push(...seats);
      return answers.map(resultOf);
    };
    const runMany: TrainingStep["runMany"] = async (batches, options) => {
      if (options.signal === undefined) return runTogether(batches, options);
      const results: StepResult[] = [];
      const runOne = (i: number) => runTogether([batches[i]!], options);
      await runAhead(batches.length, runOne, (result) => results.push(...result));
      return results;
    };
    const members = {
      nodeCount: model.graph.nodes.length,
      runMany,
      run: async (batch: Batch, options: StepOptions) => (await runTogether([batch], options))[0]!,
      snapshot: (): StepSnapshot => ({
        step,
        states: Object.fromEntries([
          ...Object.entries(placed?.states ?? {}).map(([name, state]) => {
            const order = orderOf(name);
            return [name, order ? reordered(state, undone(order)) : copy(state)];
          }),
          ...Object.entries(versions).map(([name, both]) => [name, copy(both[step % 2]!)]),
        ]),
      }),
      restore(snapshot: StepSnapshot) {
        step = snapshot.step;
        for (const [name, state] of Object.entries(placed?.states ?? {}))
          state.data.set(inOrder(snapshot.states[name]!, orderOf(name)).data);
        for (const [name, both] of Object.entries(versions)) both[step % 2]!.data.set(snapshot.states[name]!.data);
      },
    };
    return held({ kind: "training step", name: model.graph.name }, members, async () => {
      isOpen = false;
      await worker.close(session);
      await stop();
    });
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Threads that help with the update; a small one is not worth waking them. */
function startUpdaters({ plan }: PlacedParameters, threads: number): readonly Thread[] {
  const bytes = plan.groups.reduce((sum, { begin, end }) => sum + end - begin, 0);
  if (bytes < 4 * worthSharing || !canShareMemory) return [];
  return Array.from({ length: threads - 1 }, () => {
    const other = platform.start("update-worker", { message() {}, end() {} }, { sharesMemory: true });
    other.post(plan);
    return other;
  });
}

/** Elements from which a second thread pays for being woken. */
const worthSharing = 65_536;

const resultOf = (answer: PlainFeeds): StepResult => ({
  loss: Number((answer[outputs.loss]!.data as Float32Array)[0]),
  metrics: Object.fromEntries(
    Object.entries(answer)
      .filter(([name]) => name !== outputs.loss)
      .map(([name, { dtype, data, shape }]) => [
        name.slice(outputs.metric("").length),
        new Tensor(dtype, data as never, shape),
      ]),
  ),
});

const inOrder = (tensor: Tensor<"float32">, order: readonly number[] | undefined): Tensor<"float32"> =>
  order ? reordered(tensor, order) : tensor;

const sharedCopy = ({ data, shape }: Tensor<"float32">): Tensor<"float32"> => {
  const tensor = zeros("float32", shape, { shared: true });
  tensor.data.set(data);
  return tensor;
};
const copy = ({ data, shape }: Tensor<"float32">): Tensor<"float32"> =>
  new Tensor("float32", Float32Array.from(data), shape);
const scalar = (value: number) => float32([value], []);
