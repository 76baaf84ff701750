import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isShared } from "@athanor/core";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Requests } from "../protocol.ts";
import { isStopped, stopConversion, stopOutput } from "./conversion-stop.ts";
import { deviceOptions } from "./device-options.ts";
import type { Engine } from "./engine.ts";
import { keepStates } from "./keep-states.ts";
import { openOrt } from "./open-ort.ts";

export const engine: Engine = {
  async open(request) {
    const own = withOwnBytes(request);
    const bytes = request.isBound ? stopConversion(own.bytes) : own.bytes;
    const folder = request.isTraced ? await mkdtemp(join(tmpdir(), "athanor-profile-")) : undefined;
    const onDevice = deviceOptions(request);
    const ort = await openOrt(
      { InferenceSession, Tensor },
      { ...request, bytes },
      { ...onDevice, ...(folder === undefined ? {} : traceTo(folder)) },
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
  },
  async optimize(request) {
    const folder = await mkdtemp(join(tmpdir(), "athanor-model-"));
    const file = join(folder, "model.onnx");
    try {
      const writing = { optimizedModelFilePath: file };
      await (await openOrt({ InferenceSession, Tensor }, withOwnBytes(request), writing)).release();
      return new Uint8Array(await readFile(file));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** The binding takes no memory that threads share. */
const withOwnBytes = (request: Requests["open"]["request"]): Requests["open"]["request"] =>
  isShared(request.bytes) ? { ...request, bytes: new Uint8Array(request.bytes) } : request;

const traceTo = (folder: string): InferenceSession.SessionOptions => ({
  enableProfiling: true,
  profileFilePrefix: join(folder, "trace"),
});
