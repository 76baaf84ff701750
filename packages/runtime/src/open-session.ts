import { AthanorError, nearestName, Tensor } from "@athanor/core";
import { type Model, showShape } from "@athanor/onnx";
import { threads as platform } from "#threads";
import type { DeviceChoice } from "./device/device.ts";
import { openOn, resolveDevice } from "./device/resolve-device.ts";
import { seatFeeds } from "./feed-seats.ts";
import { held, type OpenHandle, openHandles } from "./held.ts";
import { loaderHere } from "./load-here.ts";
import { mapValues } from "./map-values.ts";
import { modelBytes } from "./model-bytes.ts";
import { toPlain } from "./protocol.ts";
import { SeatMemory } from "./seat-memory.ts";
import type { Port, Session } from "./session.ts";
import { ShortRuns } from "./short-runs.ts";
import { untilAborted } from "./until-aborted.ts";
import { startWorker, type WorkerClient } from "./worker-client.ts";

/** How a model is loaded. */
export interface SessionOptions {
  /** Threads that one run may use; all cores by default. */
  readonly threads?: number;
  /** What runs it; the processor by default, which is best for small graphs. */
  readonly device?: DeviceChoice;
}

/** All sessions of a process share one worker: a run already uses every core, and a second would only wait for it. */
let shared: { readonly client: WorkerClient; users: number } | undefined;

/** Pieces of memory for feeds that a session keeps between its runs. */
const freeFeeds = 2;

/** How many sessions of this process are open; `openHandles` says which. */
export const openSessionCount = (): number => openHandles().filter(({ kind }) => kind !== "training step").length;

/**
 * Loads a model into a worker thread. The session closes when it is disposed of, or when nobody holds it any more.
 *
 * @throws `runtime/run` when the runtime cannot load it, `runtime/device` when the device is not there
 */
export const openSession = (model: Uint8Array | Model, options: SessionOptions = {}): Promise<Session> =>
  openModel(model, options, "session");

export async function openModel(
  model: Uint8Array | Model,
  { threads = platform.available(), device: choice = "cpu" }: SessionOptions,
  kind: OpenHandle["kind"],
): Promise<Session> {
  const device = await resolveDevice(choice);
  const bytes = await modelBytes(model);
  shared ??= { client: startWorker(), users: 0 };
  const host = shared;
  host.users++;
  const leave = async () => {
    if (--host.users > 0) return;
    if (shared === host) shared = undefined;
    await host.client.terminate();
  };
  try {
    const isDouble = !(model instanceof Uint8Array) && hasDoubles(model);
    const request = { bytes, threads, isTraining: false, isDouble, device };
    const opened = await openOn(device, () => host.client.request("open", request));
    const name = model instanceof Uint8Array ? "" : model.graph.name;
    // Half precision needs a thread without the class for it, which is not ours to take from the caller.
    const isHalf = [...opened.inputs, ...opened.outputs].some(({ dtype }) => dtype === "float16");
    const canRunHere = platform.canRunHere && device === "cpu" && !isHalf;
    const short = new ShortRuns(threads, canRunHere ? loaderHere(host.client, request) : undefined);
    return sessionOf(host.client, { ...opened, name, kind, threads, short }, leave);
  } catch (error) {
    await leave();
    throw error;
  }
}

interface Opened extends OpenHandle {
  readonly session: number;
  readonly threads: number;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly short: ShortRuns;
}

function sessionOf(
  client: WorkerClient,
  { session, name, kind, threads, inputs, outputs, short }: Opened,
  leave: () => Promise<void>,
): Session {
  let isOpen = true;
  const memory = new SeatMemory(freeFeeds);
  const runThere = async (tensors: Readonly<Record<string, Tensor>>, wanted: readonly string[]) => {
    const { feeds, leave } = seatFeeds(memory, tensors);
    try {
      return await client.request("run", { session, feeds, outputs: wanted }, threads);
    } finally {
      leave();
    }
  };
  const run: Session["run"] = async (feeds, { outputs: wanted = outputs.map((port) => port.name), signal } = {}) => {
    signal?.throwIfAborted();
    if (!isOpen)
      throw new AthanorError("runtime/closed", "Session: expected an open session, got one that was disposed", {
        fix: "Open the model again.",
      });
    checkFeeds(inputs, feeds);
    for (const output of wanted) {
      known("output", outputs, output);
      checkReadable(outputs.find((port) => port.name === output)!);
    }
    const plain = mapValues(feeds, toPlain);
    const asked = short.run(plain, wanted);
    // Where nothing is waited for, the worker hears of runs in the order in which they were asked for, and before the session's end.
    const here = asked instanceof Promise ? await asked : asked;
    signal?.throwIfAborted();
    const { results, milliseconds } = here ?? (await untilAborted(runThere(feeds, wanted), signal));
    short.note(plain, milliseconds, () => runThere(feeds, wanted));
    return mapValues(results, ({ dtype, data, shape }) => new Tensor(dtype, data as never, shape));
  };
  return held({ kind, name }, { inputs, outputs, run }, async () => {
    isOpen = false;
    await short.release();
    await client.close(session);
    await leave();
  });
}

const hasDoubles = ({ graph: { inputs, outputs, initializers } }: Model): boolean =>
  [...inputs, ...outputs, ...initializers.values()].some(({ dtype }) => dtype === "float64");

function known(what: string, ports: readonly Port[], name: string): void {
  if (ports.some((port) => port.name === name)) return;
  const names = ports.map((port) => port.name);
  const near = nearestName(name, names);
  throw new AthanorError("runtime/input", `Session: expected one of the ${what}s ${names.join(", ")}, got ${name}`, {
    fix: near ? `Write ${near}.` : `Name one of the model's ${what}s.`,
    details: { [what]: name, known: names },
  });
}

/** Four-bit outputs end the whole process inside the runtime's binding. */
function checkReadable({ name, dtype }: Port): void {
  if (dtype !== "int4" && dtype !== "uint4") return;
  throw new AthanorError(
    "runtime/output",
    `Session: expected outputs of at least eight bits, got ${name} of ${dtype}`,
    {
      fix: "Cast it to int8 or uint8 inside the model.",
      details: { output: name, dtype },
    },
  );
}

/** @throws `runtime/input` naming the input, what the model declares and what was given */
export function checkFeeds(inputs: readonly Port[], feeds: Readonly<Record<string, Tensor>>): void {
  for (const name of Object.keys(feeds)) known("input", inputs, name);
  for (const { name, dtype, shape } of inputs) {
    const given = feeds[name];
    const fits = given !== undefined && given.dtype === dtype && (shape === undefined || fitsShape(given.shape, shape));
    if (fits) continue;
    const got = given === undefined ? "nothing" : `${given.dtype} ${showShape(given.shape)}`;
    throw new AthanorError(
      "runtime/input",
      `Session: expected the input ${name} to be ${dtype} ${showShape(shape)}, got ${got}`,
      {
        fix: `Give ${name} with that type and shape.`,
        details: { input: name, dtype, shape },
      },
    );
  }
}

const fitsShape = (given: readonly number[], declared: readonly (number | string)[]): boolean =>
  given.length === declared.length &&
  declared.every((length, axis) => typeof length === "string" || length === given[axis]);
