import { canShareMemory } from "@athanor/core";
import { startLocally } from "./start-locally.ts";
import type { Script, Threads } from "./threads.ts";

/** What is used of the web's workers, whose types do not go with those of Node. */
interface WebWorker {
  postMessage(message: unknown): void;
  addEventListener(
    kind: string,
    listener: (event: { readonly data: unknown; readonly message?: string }) => void,
  ): void;
  terminate(): void;
}
declare const Worker: new (url: URL, options: { readonly type: "module"; readonly name: string }) => WebWorker;

/** Bundlers find the files of threads where they are written out like this. */
const scripts: Readonly<Record<Script, () => WebWorker>> = {
  "session-worker": () =>
    new Worker(new URL("./session-worker.js", import.meta.url), { type: "module", name: "athanor" }),
  "update-worker": () =>
    new Worker(new URL("./update-worker.js", import.meta.url), { type: "module", name: "athanor" }),
};

export const threads: Threads = {
  // A page loads the runtime in its workers only.
  canRunHere: false,
  available: () => (canShareMemory ? navigator.hardwareConcurrency : 1),
  start(script, events, { sharesMemory }) {
    if (sharesMemory && !canShareMemory) return startLocally(events);
    const worker = scripts[script]();
    worker.addEventListener("message", ({ data }) => events.message(data));
    for (const kind of ["error", "messageerror"])
      worker.addEventListener(kind, ({ message }) => events.end(new Error(message ?? kind)));
    return {
      post: (message) => worker.postMessage(message),
      ref: () => {},
      unref: () => {},
      terminate: async () => worker.terminate(),
    };
  },
};
