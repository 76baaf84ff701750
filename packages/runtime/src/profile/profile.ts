import type { Tensor } from "@athanor/core";
import { type Model, writeModel } from "@athanor/onnx";
import { threads as platform } from "#threads";
import type { DeviceChoice } from "../device/device.ts";
import { openOn, resolveDevice } from "../device/resolve-device.ts";
import { plainFeeds } from "../feed-seats.ts";
import { checkFeeds } from "../open-session.ts";
import { startWorker } from "../worker-client.ts";
import { type Profile, readTrace } from "./read-trace.ts";

/** How a model is run for its profile. */
export interface ProfileOptions {
  /** Runs that are measured, after one that is not. */
  readonly runs?: number;
  readonly threads?: number;
  readonly device?: DeviceChoice;
  /** Loads the model as training does, with basic rewriting only, instead of everything that the runtime can do. */
  readonly isTraining?: boolean;
  readonly signal?: AbortSignal | undefined;
}

const warmUps = 1;

/**
 * Runs a model and says what each node costs, by the runtime's own profiler.
 *
 * The nodes are those that the runtime makes of the model: it joins some under new names.
 *
 * @throws `runtime/input` for a missing, unknown or misshapen input, `runtime/run` when the runtime refuses, or in a browser, `runtime/device`
 */
export async function profile(
  model: Uint8Array | Model,
  feeds: Readonly<Record<string, Tensor>>,
  {
    runs = 10,
    threads = platform.available(),
    device: choice = "cpu",
    isTraining = false,
    signal,
  }: ProfileOptions = {},
): Promise<Profile> {
  signal?.throwIfAborted();
  const bytes = model instanceof Uint8Array ? model : writeModel(model);
  const worker = startWorker();
  try {
    const device = await resolveDevice(choice);
    const request = { bytes, threads, device, isTraining, isTraced: true };
    const { session, inputs, outputs } = await openOn(device, () => worker.request("open", request));
    checkFeeds(inputs, feeds);
    const names = outputs.map(({ name }) => name);
    for (let run = 0; run < warmUps + runs; run++) {
      signal?.throwIfAborted();
      await worker.request("run", { session, feeds: plainFeeds(feeds), outputs: names });
    }
    return readTrace(await worker.request("endTrace", { session }), warmUps);
  } finally {
    await worker.terminate();
  }
}
