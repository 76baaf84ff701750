import { canShareMemory } from "@athanor/core";
import { startLocally } from "./start-locally.ts";
import type { Script, Threads } from "./threads.ts";

/** What is used of the web's interfaces, whose types do not go with those of Node. */
interface Port {
  postMessage(message: unknown, moved: readonly ArrayBuffer[]): void;
  addEventListener(
    kind: string,
    listener: (event: { readonly data?: unknown; readonly message?: string }) => void,
  ): void;
}
interface WebWorker extends Port {
  terminate(): void;
}
declare const Worker: new (url: URL, options: { readonly type: "module"; readonly name: string }) => WebWorker;
declare const self: Port & { readonly name: string };

/** Bundlers find the files of threads where they are written out like this. */
const scripts: Readonly<Record<Script, () => WebWorker>> = {
  "session-worker": () =>
    new Worker(new URL("./session-worker.js", import.meta.url), { type: "module", name: "athanor" }),
  "update-worker": () =>
    new Worker(new URL("./update-worker.js", import.meta.url), { type: "module", name: "athanor" }),
};

export const threads: Threads = {
  available: () => (canShareMemory ? navigator.hardwareConcurrency : 1),
  start(script, events, { sharesMemory }) {
    if (sharesMemory && !canShareMemory) return startLocally(events);
    const worker = scripts[script]();
    worker.addEventListener("message", ({ data }) => events.message(data));
    for (const kind of ["error", "messageerror"])
      worker.addEventListener(kind, ({ message }) => events.end(new Error(message ?? kind)));
    return {
      post: (message) => worker.postMessage(message, []),
      ref: () => {},
      unref: () => {},
      terminate: async () => worker.terminate(),
    };
  },
  listen(listener) {
    // Threads of the runtime itself may run the same file under another name.
    if (self.name === "athanor") self.addEventListener("message", ({ data }) => listener(data));
  },
  post: (message, moved = []) => self.postMessage(message, moved),
};
