import type { Parent } from "./parent.ts";

/** What is used of a web worker's own scope. */
declare const self: {
  readonly name: string;
  postMessage(message: unknown, moved: readonly ArrayBuffer[]): void;
  addEventListener(kind: "message", listener: (event: { readonly data: unknown }) => void): void;
};

export const parent: Parent = {
  listen(listener) {
    // Threads of the runtime itself may run the same file under another name.
    if (self.name === "athanor") self.addEventListener("message", ({ data }) => listener(data));
  },
  post: (message, moved = []) => self.postMessage(message, moved),
};
