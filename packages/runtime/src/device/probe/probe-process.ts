// A process of its own: a driver that crashes takes nothing else with it, and what it prints disturbs nobody.
import { InferenceSession, Tensor } from "onnxruntime-node";
import { deviceOptions } from "../../engine/device-options.ts";
import type { Device } from "../device.ts";
import type { ProbeRequest } from "./node.ts";
import type { ProbeAnswer } from "./probe.ts";

/** Milliseconds of the fastest of a few runs, after one in which kernels are made. */
async function timeOn(device: Device, { bytes, side }: ProbeRequest): Promise<number> {
  const session = await InferenceSession.create(bytes, {
    ...deviceOptions({ device }),
    executionProviders: [device],
    logSeverityLevel: 4,
    // Were a node left to the processor, the device would seem to run what it cannot.
    ...(device === "cpu" ? {} : { extra: { session: { disable_cpu_ep_fallback: "1" } } }),
  });
  const feeds = { x: new Tensor("float32", new Float32Array(side * side).fill(1 / side), [side, side]) };
  await session.run(feeds);
  let best = Number.POSITIVE_INFINITY;
  const begin = performance.now();
  do {
    const from = performance.now();
    await session.run(feeds);
    best = Math.min(best, performance.now() - from);
  } while (performance.now() - begin < 100);
  await session.release();
  return best;
}

async function probe(request: ProbeRequest): Promise<ProbeAnswer> {
  const { device } = request;
  try {
    return { milliseconds: await timeOn(device, request), cpuMilliseconds: await timeOn("cpu", request) };
  } catch (error) {
    return { reason: (error as Error).message.trim().split("\n")[0]! };
  }
}

process.once("message", async (request: ProbeRequest) => {
  process.send!(await probe(request), () => process.exit());
});
