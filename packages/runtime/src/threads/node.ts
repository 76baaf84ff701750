import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Script, Threads } from "./threads.ts";

/** Compiled code runs compiled threads, sources run sources. */
const scriptUrl = (script: Script): URL =>
  new URL(`./${script}${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

export const threads: Threads = {
  available: availableParallelism,
  canRunHere: true,
  start(script, events) {
    const worker = new Worker(scriptUrl(script));
    worker.unref();
    worker.on("message", events.message);
    worker.on("error", events.end);
    worker.on("exit", (code) => events.end(new Error(`exit with code ${code}`)));
    return {
      post: (message) => worker.postMessage(message),
      ref: () => worker.ref(),
      unref: () => worker.unref(),
      async terminate() {
        await worker.terminate();
      },
    };
  },
};
