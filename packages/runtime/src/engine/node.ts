import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isShared } from "@athanor/core";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Requests } from "../protocol.ts";
import { isStopped, stopConversion, stopOutput } from "./conversion-stop.ts";
import { deviceOptions } from "./device-options.ts";
import type { Engine, EngineSession } from "./engine.ts";
import { keepStates } from "./keep-states.ts";
import { openOrt } from "./open-ort.ts";
import { openHere } from "./session-here.ts";

type OpenRequest = Requests["open"]["request"];

export const engine: Engine = {
  // Where nothing can be written, or not this graph, it is opened all the same.
  open: (request) => (request.givesOptimized ? openKept(request).catch(() => open(request)) : open(request)),
  openHere,
};

/** Opens a graph, and gives what the runtime has made of it. */
async function openKept(request: OpenRequest): Promise<EngineSession> {
  const folder = await mkdtemp(join(tmpdir(), "athanor-graph-"));
  try {
    // The name's end asks for the runtime's own format, which it reads fastest.
    const path = join(folder, "graph.ort");
    const session = await open(request, { optimizedModelFilePath: path });
    return { ...session, optimized: await readFile(path).catch(() => undefined) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function open(request: OpenRequest, more: InferenceSession.SessionOptions = {}): Promise<EngineSession> {
  // The binding takes no memory that threads share.
  const own = isShared(request.bytes) ? new Uint8Array(request.bytes) : request.bytes;
  const bytes = request.isBound && !request.isOptimized ? stopConversion(own) : own;
  const folder = request.isTraced ? await mkdtemp(join(tmpdir(), "athanor-profile-")) : undefined;
  const onDevice = deviceOptions(request);
  const ort = await openOrt(
    { InferenceSession, Tensor },
    { ...request, bytes },
    { ...onDevice, ...more, ...(folder === undefined ? {} : traceTo(folder)) },
  );
  const { session, toOrt, ...rest } = ort;
  return {
    ...rest,
    bind(states, results) {
      const feeds = toOrt(states);
      const fetches = { [stopOutput]: null, ...toOrt(results) };
      return async (batch) => {
        try {
          await session.run({ ...toOrt(batch), ...feeds }, fetches);
        } catch (error) {
          if (!isStopped(error)) throw error;
        }
      };
    },
    async keep(binding) {
      const reading = { bytes: binding.reader, threads: request.threads, isTraining: true };
      const there = deviceOptions({ ...request, resident: [] });
      return keepStates(ort, await openOrt({ InferenceSession, Tensor }, reading, there), binding);
    },
    async endTrace() {
      session.endProfiling();
      try {
        const [file] = await readdir(folder!);
        return await readFile(join(folder!, file!), "utf8");
      } finally {
        await rm(folder!, { recursive: true, force: true });
      }
    },
  };
}

const traceTo = (folder: string): InferenceSession.SessionOptions => ({
  enableProfiling: true,
  profileFilePrefix: join(folder, "trace"),
});
