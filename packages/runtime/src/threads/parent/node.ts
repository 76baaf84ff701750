import { parentPort } from "node:worker_threads";
import type { Parent } from "./parent.ts";

export const parent: Parent = {
  listen: (listener) => void parentPort!.on("message", listener),
  post: (message, moved = []) => parentPort!.postMessage(message, moved),
};
