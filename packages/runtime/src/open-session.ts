import { availableParallelism } from "node:os";
import { AthanorError, nearestName, Tensor, type TensorData } from "@athanor/core";
import { type Model, showShape, writeModel } from "@athanor/onnx";
import type { PlainFeeds } from "./protocol.ts";
import type { Port, RunOptions, Session } from "./session.ts";
import { startWorker, type WorkerClient } from "./worker-client.ts";

/** How a model is loaded. */
export interface SessionOptions {
  /** Threads that one run may use; all cores by default. */
  readonly threads?: number;
}

/** All sessions of a process share one worker: a run already uses every core, and a second would only wait for it. */
let shared: { readonly client: WorkerClient; users: number } | undefined;

/** How many sessions of this process are open: what is left at the end of a test has leaked. */
export const openSessionCount = (): number => shared?.users ?? 0;

/**
 * Loads a model into a worker thread.
 *
 * @throws `runtime/run` when the runtime cannot load it
 */
export async function openSession(
  model: Uint8Array | Model,
  { threads = availableParallelism() }: SessionOptions = {},
): Promise<Session> {
  const bytes = model instanceof Uint8Array ? model : writeModel(model);
  shared ??= { client: startWorker(), users: 0 };
  const host = shared;
  host.users++;
  const leave = async () => {
    if (--host.users > 0) return;
    if (shared === host) shared = undefined;
    await host.client.terminate();
  };
  try {
    const { session, inputs, outputs } = await host.client.request("open", {
      bytes,
      threads,
      isTraining: false,
      isDouble: !(model instanceof Uint8Array) && hasDoubles(model),
    });
    let isOpen = true;
    return {
      inputs,
      outputs,
      async run(feeds, { outputs: wanted = outputs.map(({ name }) => name), signal }: RunOptions = {}) {
        signal?.throwIfAborted();
        if (!isOpen)
          throw new AthanorError("runtime/closed", "Session: expected an open session, got one that was disposed", {
            fix: "Open the model again.",
          });
        checkFeeds(inputs, feeds);
        for (const name of wanted) {
          known("output", outputs, name);
          checkReadable(outputs.find((port) => port.name === name)!);
        }
        const results = await host.client.request("run", { session, feeds: plainFeeds(feeds), outputs: wanted });
        signal?.throwIfAborted();
        return Object.fromEntries(
          Object.entries(results).map(([name, { dtype, data, shape }]) => [
            name,
            new Tensor(dtype, data as never, shape),
          ]),
        );
      },
      async [Symbol.asyncDispose]() {
        if (!isOpen) return;
        isOpen = false;
        await host.client.request("close", { session });
        await leave();
      },
    };
  } catch (error) {
    await leave();
    throw error;
  }
}

const hasDoubles = ({ graph: { inputs, outputs, initializers } }: Model): boolean =>
  [...inputs, ...outputs, ...initializers.values()].some(({ dtype }) => dtype === "float64");

/** Feeds as they are sent to the worker. */
export const plainFeeds = (feeds: Readonly<Record<string, Tensor>>): PlainFeeds =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, { dtype, data, shape }]) => [name, { dtype, data: compact(data), shape }]),
  );

/** A message copies the whole buffer under a view, so that a small view of a large one is cut out first. */
function compact(data: TensorData): TensorData {
  if (!ArrayBuffer.isView(data) || data.buffer instanceof SharedArrayBuffer) return data;
  return data.byteLength < data.buffer.byteLength ? (data as Float32Array).slice() : data;
}

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
