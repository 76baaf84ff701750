import { availableParallelism } from "node:os";
import { float32, Tensor, zeros } from "@athanor/core";
import { GraphBuilder, gradient, type Value, writeModel } from "@athanor/onnx";
import { clipByNorm } from "./clip-by-norm.ts";
import { checkFeeds } from "./open-session.ts";
import type { PlainFeeds, PlainTensor } from "./protocol.ts";
import type { FloatTensors, StepDefinition, StepResult, StepSnapshot, TrainingStep } from "./training-step.ts";
import { startWorker } from "./worker-client.ts";

interface State {
  readonly name: string;
  /** Shared buffers; a step reads one and writes the other, so that no reader ever sees a half-updated weight. */
  readonly versions: readonly [Tensor<"float32">, Tensor<"float32">];
}

/**
 * Compiles loss, gradients and optimizer updates into one graph and loads it into a worker of its own.
 *
 * @throws what building the graph throws, `runtime/run` when the runtime cannot load it
 */
export async function compileStep(
  definition: StepDefinition,
  { threads = availableParallelism() }: { readonly threads?: number } = {},
): Promise<TrainingStep> {
  const { model, initial } = buildStep(definition);
  const states: readonly State[] = Object.entries(initial).map(([name, tensor]) => ({
    name,
    versions: [sharedCopy(tensor), sharedCopy(tensor)],
  }));
  const metrics = model.graph.outputs.map(({ name }) => name).filter((name) => name.startsWith("metric:"));
  const worker = startWorker();
  try {
    const { session, inputs } = await worker.request("open", { bytes: writeModel(model), threads, isTraining: true });
    const versions = states.map(({ name, versions: [a, b] }) => ({
      name,
      versions: [toPlain(a), toPlain(b)] as const,
    }));
    await worker.request("bind", { session, buffers: { states: versions, loss: "loss", metrics } });
    const own = new Set(["learningRate", "step", ...states.map(({ name }) => name)]);
    const fed = inputs.filter(({ name }) => !own.has(name));
    const seats: Record<string, Tensor>[] = [];
    let step = 0;

    /** Copies a batch into shared memory; the k-th batch of a message always sits in the same place. */
    const seat = (batch: Readonly<Record<string, Tensor>>, k: number): PlainFeeds => {
      checkFeeds(fed, batch);
      seats[k] ??= Object.fromEntries(
        fed.map(({ name, dtype, shape }) => [
          name,
          zeros(dtype as "float32", shape as readonly number[], { shared: true }),
        ]),
      );
      for (const [name, tensor] of Object.entries(seats[k]))
        (tensor.data as Float32Array).set(batch[name]!.data as Float32Array);
      return Object.fromEntries(Object.entries(seats[k]).map(([name, tensor]) => [name, toPlain(tensor)]));
    };

    const runMany: TrainingStep["runMany"] = async (batches, { learningRate, signal }) => {
      signal?.throwIfAborted();
      const parity = (step % 2) as 0 | 1;
      const rate = toPlain(float32([learningRate], []));
      const feeds = batches.map((batch, i) => ({
        ...seat(batch, i),
        learningRate: rate,
        step: toPlain(float32([step + i + 1], [])),
      }));
      const replies = await worker.request("steps", { session, parity, batches: feeds });
      step += batches.length;
      return replies.map(
        (reply): StepResult => ({
          loss: Number((reply.loss!.data as Float32Array)[0]),
          metrics: Object.fromEntries(metrics.map((name) => [name.slice("metric:".length), fromPlain(reply[name]!)])),
        }),
      );
    };
    return {
      nodeCount: model.graph.nodes.length,
      runMany,
      run: async (inputs, options) => (await runMany([inputs], options))[0]!,
      snapshot: (): StepSnapshot => ({
        step,
        states: Object.fromEntries(states.map(({ name, versions: both }) => [name, copy(both[step % 2]!)])),
      }),
      restore(snapshot) {
        step = snapshot.step;
        for (const { name, versions: both } of states) both[step % 2]!.data.set(snapshot.states[name]!.data);
      },
      [Symbol.asyncDispose]: () => worker.terminate(),
    };
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

/** The step's graph: each state is an input `name` and an output `name'`. */
function buildStep({ inputs, parameters, buffers = {}, build, optimizer, clipNorm }: StepDefinition) {
  const g = new GraphBuilder();
  const declared = (tensors: FloatTensors) =>
    Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, g.input(name, "float32", tensor.shape)]));
  const batch = Object.fromEntries(
    Object.entries(inputs).map(([name, { dtype, shape }]) => [name, g.input(name, dtype, shape)]),
  );
  const weights = declared(parameters);
  const running = declared(buffers);
  const learningRate = g.input("learningRate", "float32", []);
  const step = g.input("step", "float32", []);
  const {
    loss,
    metrics = {},
    buffers: moved = {},
    checkpoint,
  } = build(g, { inputs: batch, parameters: weights, buffers: running });

  const names = Object.keys(parameters);
  const raw = gradient(
    g,
    loss,
    names.map((name) => weights[name]!),
    { checkpoint },
  );
  const gradients = clipNorm === undefined ? raw : clipByNorm(g, raw, clipNorm);
  const initial: Record<string, Tensor<"float32">> = { ...parameters, ...buffers };
  for (const [i, name] of names.entries()) {
    const slots = optimizer.slots({ name, shape: parameters[name]!.shape });
    for (const [slot, tensor] of Object.entries(slots)) initial[`${name}.${slot}`] = tensor;
    const held = Object.fromEntries(
      Object.entries(slots).map(([slot, { shape }]) => [slot, g.input(`${name}.${slot}`, "float32", shape)]),
    );
    const updated = optimizer.update(g, {
      name,
      parameter: weights[name]!,
      gradient: gradients[i]!,
      slots: held,
      learningRate,
      step,
    });
    g.output(`${name}'`, updated.parameter);
    for (const [slot, value] of Object.entries(updated.slots)) g.output(`${name}.${slot}'`, value);
  }
  for (const [name, value] of Object.entries(running))
    g.output(`${name}'`, (moved as Record<string, Value>)[name] ?? value);
  g.output("loss", loss.shape.length === 0 ? loss : g.reshape(loss, []));
  for (const [name, value] of Object.entries(metrics)) g.output(`metric:${name}`, value);
  return { model: g.build({ name: "training-step" }), initial };
}

const sharedCopy = ({ data, shape }: Tensor<"float32">): Tensor<"float32"> => {
  const tensor = zeros("float32", shape, { shared: true });
  tensor.data.set(data);
  return tensor;
};
const copy = ({ data, shape }: Tensor<"float32">): Tensor<"float32"> =>
  new Tensor("float32", Float32Array.from(data), shape);
const toPlain = ({ dtype, data, shape }: Tensor): PlainTensor => ({ dtype, data, shape });
const fromPlain = ({ dtype, data, shape }: PlainTensor): Tensor => new Tensor(dtype, data as never, shape);
