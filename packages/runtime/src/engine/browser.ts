import { env, InferenceSession, Tensor } from "onnxruntime-web/wasm";
import type { Engine } from "./engine.ts";
import { openOrt } from "./open-ort.ts";

const noDevice = "a browser, where graphs run on the processor";
const noTrace = "a browser, where the runtime keeps no profile";

/** The runtime has memory of its own, which no view of ours can be part of: what it reads and writes is copied. */
export const engine: Engine = {
  async open(request) {
    if (request.device !== undefined && request.device !== "cpu") throw new Error(noDevice);
    if (request.isTraced) throw new Error(noTrace);
    // The runtime starts its threads once, with the first model.
    env.wasm.numThreads ??= request.threads;
    const { session, toOrt, ...rest } = await openOrt({ InferenceSession, Tensor }, request);
    return {
      ...rest,
      bind(states, results) {
        const feeds = toOrt(states);
        const names = Object.keys(results);
        return async (batch) => {
          const written = await session.run({ ...toOrt(batch), ...feeds }, names);
          for (const name of names) (results[name]!.data as Float32Array).set(written[name]!.data as Float32Array);
        };
      },
      keep: () => Promise.reject(new Error(noDevice)),
      endTrace: () => Promise.reject(new Error(noTrace)),
    };
  },
};
