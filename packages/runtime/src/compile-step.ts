import { float32 } from "@athanor/core";
import { threads as platform } from "#threads";
import { plainOf } from "./bind-step.ts";
import { checkSnapshot } from "./check-snapshot.ts";
import { checkStep } from "./device/check-step.ts";
import type { DeviceChoice } from "./device/device.ts";
import { resolveDevice } from "./device/resolve-device.ts";
import { stepForms } from "./device/step-form.ts";
import { held } from "./held.ts";
import { checkFeeds } from "./open-session.ts";
import type { PlainFeeds, PlainStep, PlainTensor } from "./protocol.ts";
import { compileResidentStep } from "./resident/compile-resident-step.ts";
import { closedStep, heedingSignal } from "./run-many.ts";
import { type Batch, seatBatch, takeSeats } from "./seat-batch.ts";
import { SeatMemory, type Seats } from "./seat-memory.ts";
import { type HostOptions, type StepGraph, startStepHost } from "./step-host.ts";
import { type Buckets, bucketed, type Lengths, lengthsOf, shapesAt } from "./step-inputs.ts";
import { resultOf } from "./step-result.ts";
import { type Counts, parityOf } from "./step-state.ts";
import type { StepDefinition, StepOptions, StepSnapshot, TrainingStep } from "./training-step.ts";

/** How a step is compiled, and what it keeps. */
export interface CompileStepOptions {
  /** Threads that one step may use; all cores by default. */
  readonly threads?: number;
  /** What runs it; the processor by default. */
  readonly device?: DeviceChoice;
  /** How many batches come together to one update, which goes by their mean gradient; 1 by default. */
  readonly accumulate?: number;
  /** By name of an axis: the lengths that graphs are compiled for; batches between them are padded. */
  readonly buckets?: Buckets;
  /** Graphs kept open, those used last; 8 by default. */
  readonly maxGraphs?: number;
  /**
   * A folder that keeps what graphs come to, so that the next process need not differentiate and rewrite them again. It is
   * written by this process's user only, and may be removed at any time.
   */
  readonly cache?: string | undefined;
}

/** A batch with where it goes: the graph of its lengths, which is perhaps not open yet. */
interface Seated {
  readonly key: string;
  readonly lengths: Lengths;
  readonly seats: Seats;
}

/**
 * Compiles loss, gradients and optimizer updates, and loads them into a worker of its own.
 *
 * Updates that are programs over elements run as vector kernels in place, on all threads; the others are part of the graph.
 * Where inputs have named axes, a graph is compiled for each combination of their lengths when a batch first has it; all work
 * on the same parameters and state.
 *
 * On `webgpu` all updates are part of the graph, and parameters and state stay on the device between steps.
 *
 * @throws what building the graph throws, `runtime/run` when the runtime cannot load it, `runtime/device` when the device is not there,
 * `runtime/device-step` for what it cannot do, `runtime/too-large`
 */
export async function compileStep(
  definition: StepDefinition,
  { threads = platform.available(), device: choice = "cpu", accumulate = 1, cache, ...rest }: CompileStepOptions = {},
): Promise<TrainingStep> {
  const device = await resolveDevice(choice);
  checkStep(device, definition, { accumulate });
  const compile = stepForms[device].keepsStates ? compileResidentStep : compileSharedStep;
  return compile(definition, { ...rest, threads, device, accumulate, cache });
}

type SharedStepOptions = HostOptions & Pick<CompileStepOptions, "buckets" | "maxGraphs">;

/** A step whose states lie in memory that all threads share. */
async function compileSharedStep(
  definition: StepDefinition,
  { buckets = {}, maxGraphs = 8, ...options }: SharedStepOptions,
): Promise<TrainingStep> {
  const { accumulate } = options;
  const { inputs } = definition;
  const host = await startStepHost(definition, options);
  const graphs = new Map<string, StepGraph>();
  const memory = new SeatMemory();
  let counts: Counts = { step: 0, held: 0 };
  /** What was restored before there was a graph, and with it memory. */
  let restored: StepSnapshot | undefined;
  let nodeCount = 0;
  let derivedCount = 0;
  let isOpen = true;
  let last: Promise<unknown> = Promise.resolve();

  const graphOf = async (key: string, lengths: Lengths): Promise<StepGraph> => {
    const known = graphs.get(key);
    graphs.delete(key);
    if (known === undefined) while (graphs.size >= Math.max(1, maxGraphs)) await closeOldest();
    const graph = known ?? (await host.open(shapesAt(inputs, lengths), restored?.orders));
    graphs.set(key, graph);
    nodeCount = graph.nodeCount;
    if (known === undefined && !graph.isCached) derivedCount++;
    if (restored) restoreNow(restored);
    return graph;
  };
  const closeOldest = async () => {
    const [key, graph] = graphs.entries().next().value!;
    graphs.delete(key);
    await host.release(graph);
  };
  const restoreNow = (snapshot: StepSnapshot) => {
    restored = undefined;
    host.state!.restore(snapshot);
    if (snapshot.accumulated) host.resumeSums();
  };

  /** Copies a batch into shared memory that no step in flight reads. */
  const seat = (batch: Batch): Seated => {
    const own = lengthsOf(inputs, batch);
    const lengths = bucketed(own, buckets);
    const key = JSON.stringify(lengths);
    const graph = graphs.get(key);
    if (graph) checkOthers(graph, batch);
    const seats = takeSeats(memory, inputs, shapesAt(inputs, lengths), batch);
    seatBatch(seats.tensors, inputs, { batch, lengths: own });
    return { key, lengths, seats };
  };
  /** What the definition does not declare is checked against the graph. */
  const checkOthers = ({ fed }: StepGraph, batch: Batch) =>
    checkFeeds(
      fed.filter(({ name }) => !(name in inputs)),
      Object.fromEntries(Object.entries(batch).filter(([name]) => !(name in inputs))),
    );

  const stepOf = ({ session, takesRate }: StepGraph, seats: Batch, learningRate: number): PlainStep => {
    const { step, held } = counts;
    const isLast = held + 1 === accumulate;
    const feeds: Record<string, PlainTensor> = plainOf(seats);
    const rate = plainOf({ learningRate: scalar(learningRate), step: scalar(step + 1) });
    if (takesRate) Object.assign(feeds, rate);
    const update = {
      graph: host.updates === undefined ? undefined : { session: host.updates, feeds: rate },
      numbers: host.state!.placed?.numbers({ learningRate, step: step + 1 }),
    };
    return { session, feeds, parity: parityOf(counts, accumulate), isFirst: held === 0, ...(isLast ? { update } : {}) };
  };

  /** Gives batches to the worker in order; what comes back is awaited by the caller, so that the next can follow at once. */
  const post = async (batches: readonly Seated[], learningRate: number) => {
    const answers: Promise<readonly PlainFeeds[]>[] = [];
    let steps: PlainStep[] = [];
    const flush = () => {
      if (steps.length === 0) return;
      const running = host.run(steps);
      // It may fail while the next graph is built, before anybody waits for it.
      running.catch(() => undefined);
      answers.push(running);
      steps = [];
    };
    for (const { key, lengths, seats } of batches) {
      // Opening a graph may close one that waiting steps need.
      if (!graphs.has(key)) flush();
      const graph = await graphOf(key, lengths);
      checkOthers(graph, seats.tensors);
      steps.push(stepOf(graph, seats.tensors, learningRate));
      counts =
        counts.held + 1 === accumulate ? { step: counts.step + 1, held: 0 } : { ...counts, held: counts.held + 1 };
    }
    flush();
    return { answers: Promise.all(answers) };
  };

  const runTogether: TrainingStep["runMany"] = async (batches, { learningRate, signal }) => {
    signal?.throwIfAborted();
    if (!isOpen) throw closedStep();
    const seated = batches.map(seat);
    const posted = last.then(() => post(seated, learningRate));
    last = posted.catch(() => undefined);
    const answers = await (await posted).answers;
    for (const { seats } of seated) memory.give(seats);
    return answers.flat().map(resultOf);
  };
  const runMany = heedingSignal(runTogether);

  const hasNamedAxes = Object.values(inputs).some(({ shape }) => shape.some((length) => typeof length === "string"));
  try {
    if (!hasNamedAxes) await graphOf(JSON.stringify({}), {});
  } catch (error) {
    await host.close();
    throw error;
  }
  const members = {
    get nodeCount() {
      return nodeCount;
    },
    get graphCount() {
      return graphs.size;
    },
    get derivedCount() {
      return derivedCount;
    },
    runMany,
    run: async (batch: Batch, options: StepOptions) => (await runTogether([batch], options))[0]!,
    snapshot: async (): Promise<StepSnapshot> =>
      host.state?.snapshot(counts) ?? restored ?? { step: 0, states: host.initialStates() },
    async restore(snapshot: StepSnapshot) {
      checkSnapshot(snapshot, accumulate);
      counts = { step: snapshot.step, held: snapshot.accumulated?.count ?? 0 };
      if (host.state) restoreNow(snapshot);
      else restored = snapshot;
    },
  };
  return held({ kind: "training step", name: "training-step" }, members, async () => {
    isOpen = false;
    await last;
    await host.close();
  });
}

const scalar = (value: number) => float32([value], []);
