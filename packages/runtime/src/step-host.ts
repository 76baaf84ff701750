import { AthanorError, canShareMemory, inSlices, pauses, yieldToEventLoop } from "@athanor/core";
import { writeModel } from "@athanor/onnx";
import { caches } from "#cache";
import { threads as platform } from "#threads";
import { bindingOf, fedInputs, rateInputs } from "./bind-step.ts";
import { deferredUpdates } from "./build-updates.ts";
import type { Device } from "./device/device.ts";
import { openOn } from "./device/resolve-device.ts";
import type { Orders } from "./parameter-layout.ts";
import { type Prepared, prepareGraph } from "./prepare-graph.ts";
import type { PlainFeeds, PlainStep, Requests } from "./protocol.ts";
import { type ParameterPlans, readOptimizer } from "./read-optimizer.ts";
import type { Port } from "./session.ts";
import type { Shapes } from "./step-inputs.ts";
import { initialStates, placementOf, placeState, type StepState } from "./step-state.ts";
import type { Thread } from "./threads/threads.ts";
import type { FloatTensors, StepDefinition } from "./training-step.ts";
import type { PlacedParameters } from "./update/place-parameters.ts";
import { startWorker } from "./worker-client.ts";

/** One graph of a step, loaded and bound to the step's state. */
export interface StepGraph {
  readonly session: number;
  readonly nodeCount: number;
  /** Whether a cache had it. */
  readonly isCached: boolean;
  /** Inputs that come with the batch. */
  readonly fed: readonly Port[];
  /** Whether it holds updates, which read the learning rate. */
  readonly takesRate: boolean;
}

/** A worker with a step's state, which all its graphs share. */
export interface StepHost {
  /** Placed with the first graph, which chooses how parameters lie unless `orders` were given. */
  readonly state: StepState | undefined;
  /** The session of the updates that follow several batches, where no kernel computes them. */
  readonly updates: number | undefined;
  open(shapes: Shapes, orders: Orders | undefined): Promise<StepGraph>;
  release(graph: StepGraph): Promise<void>;
  /** Ends the worker, after what was asked of it. */
  close(): Promise<void>;
  run(steps: readonly PlainStep[]): Promise<readonly PlainFeeds[]>;
  /** Tells the worker, before the steps that follow, that sums were restored. */
  resumeSums(): void;
  /** Copies of what the state will start as. */
  initialStates(): FloatTensors;
}

export interface HostOptions {
  readonly device: Device;
  readonly threads: number;
  readonly accumulate: number;
  /** A folder for what graphs come to. */
  readonly cache: string | undefined;
}

export async function startStepHost(
  definition: StepDefinition,
  { device, threads, accumulate, ...rest }: HostOptions,
): Promise<StepHost> {
  const cache = rest.cache === undefined ? undefined : caches.open(rest.cache);
  // It starts while this thread asks and builds.
  const worker = startWorker({ sharesMemory: true });
  await yieldToEventLoop();
  const plans = await plansOf(definition).catch(async (error) => {
    await worker.terminate();
    throw error;
  });
  const others: Thread[] = [];
  // The norm of a table's gradients is known only once they are summed by row.
  const isDeferred = accumulate > 1 || (definition.clipNorm !== undefined && (definition.sparse ?? []).length > 0);
  let state: StepState | undefined;
  let updates: number | undefined;

  const sessions = new Set<number>();
  type Loaded = Pick<Requests["open"]["request"], "bytes" | "hasWeights" | "isOptimized" | "givesOptimized">;
  const load = async (graph: Loaded, on: Device) => {
    const request = { ...graph, device: on, threads, isTraining: true, isBound: true };
    const opened = await openOn(on, () => worker.request("open", request));
    sessions.add(opened.session);
    return opened;
  };

  const place = async (orders: Orders): Promise<StepState> => {
    const fresh = await inSlices(placeState(definition, plans, { orders, accumulate, isDeferred }));
    const placement = placementOf(fresh, definition);
    await Promise.all([placement && worker.request("place", { placement }), fresh.fill()]);
    const pause = pauses();
    for (let i = 1; i < threadsFor(fresh.placed, threads); i++) {
      others.push(startUpdater(fresh.placed!));
      await pause();
    }
    const model = isDeferred
      ? deferredUpdates(definition, plans, { sums: fresh.placed?.gradients ?? {}, count: accumulate })
      : undefined;
    if (model) {
      // It reads and writes what lies in the processor's memory.
      const { session, ...ports } = await load({ bytes: writeModel(model), hasWeights: false }, "cpu");
      await worker.request("bind", { session, binding: await inSlices(bindingOf({ ...ports, uses: {} }, fresh)) });
      updates = session;
    }
    return fresh;
  };

  /** Loads a graph, and keeps what the runtime makes of it where a cache wants that. */
  const loadStep = async (prepared: Prepared) => {
    const { bytes, hasWeights, isOptimized, keep } = prepared;
    const opened = await load({ bytes, hasWeights, isOptimized, givesOptimized: keep !== undefined }, device);
    if (opened.optimized) await keep?.(opened.optimized);
    return opened;
  };

  return {
    get state() {
      return state;
    },
    get updates() {
      return updates;
    },
    async open(shapes, given) {
      const orders = state?.orders ?? given;
      const prepare = (renews: boolean) =>
        prepareGraph(definition, plans, { shapes, device, orders, isDeferred, cache, renews });
      let prepared = await prepare(false);
      // The worker loads while this thread places.
      const [loaded] = await Promise.all([
        loadStep(prepared).catch(async (error) => {
          if (!prepared.isCached) throw error;
          prepared = await prepare(true);
          return loadStep(prepared);
        }),
        state ?? place(prepared.orders).then((fresh) => (state = fresh)),
      ]);
      const { session, inputs } = loaded;
      const binding = await inSlices(bindingOf({ ...loaded, uses: prepared.uses }, state!));
      await worker.request("bind", { session, binding });
      return {
        session,
        nodeCount: prepared.nodeCount,
        isCached: prepared.isCached,
        fed: fedInputs({ inputs }, binding),
        takesRate: inputs.some(({ name }) => name === rateInputs[0]),
      };
    },
    async release({ session }) {
      sessions.delete(session);
      await worker.close(session);
    },
    run: (steps) => worker.request("steps", { steps }, threads),
    resumeSums() {
      // A worker that died tells the next step so.
      worker.request("resumeSums", null).catch(() => undefined);
    },
    initialStates: () => initialStates(definition, plans),
    async close() {
      for (const session of sessions) await worker.close(session);
      await Promise.all([worker.terminate(), ...others.map((other) => other.terminate())]);
    },
  };
}

/** @throws `runtime/sparse` for a table whose update no kernel computes by row */
async function plansOf(definition: StepDefinition): Promise<ParameterPlans> {
  const { sparse = [], optimizer } = definition;
  const plans = await readOptimizer(definition);
  const name = sparse.find((table) => plans[table] !== undefined && plans[table].program === undefined);
  if (name === undefined) return plans;
  throw new AthanorError(
    "runtime/sparse",
    `compileStep: expected an optimizer that updates ${name} element by element, got ${optimizer.name}`,
    { fix: "Leave the parameter out of `sparse`, or take another optimizer.", details: { parameter: name } },
  );
}

/** Threads that update parameters; a small update is not worth waking any. */
function threadsFor(placed: PlacedParameters | undefined, threads: number): number {
  const bytes = placed?.plan.groups.reduce((sum, { begin, end }) => sum + end - begin, 0) ?? 0;
  return bytes >= 4 * worthSharing && canShareMemory ? threads : 1;
}

/** Elements from which a second thread pays for being woken. */
const worthSharing = 65_536;

function startUpdater({ plan }: PlacedParameters): Thread {
  const thread = platform.start("update-worker", { message() {}, end() {} }, { sharesMemory: true });
  thread.post(plan);
  return thread;
}
