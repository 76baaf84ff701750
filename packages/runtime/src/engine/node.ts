import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isShared } from "@athanor/core";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { isStopped, stopConversion, stopOutput } from "./conversion-stop.ts";
import type { Engine } from "./engine.ts";
import { openOrt } from "./open-ort.ts";

// The runtime's binding takes a Float16Array for empty; where the class is missing, half precision travels as its 16 bits.
Reflect.deleteProperty(globalThis, "Float16Array");
// The error that ends each training run is thrown away.
Error.stackTraceLimit = 0;

export const engine: Engine = {
  async open(request) {
    // The binding takes no memory that threads share.
    const own = isShared(request.bytes) ? new Uint8Array(request.bytes) : request.bytes;
    const bytes = request.isBound ? stopConversion(own) : own;
    const folder = request.isTraced ? await mkdtemp(join(tmpdir(), "athanor-profile-")) : undefined;
    const { session, toOrt, ...rest } = await openOrt(
      { InferenceSession, Tensor },
      { ...request, bytes },
      folder === undefined ? {} : { enableProfiling: true, profileFilePrefix: join(folder, "trace") },
    );
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
};
