import type { Platform } from "./platform.ts";
import { Sha256 } from "./sha256.ts";

const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
// A timer of no time takes four milliseconds in a browser, a message none.
port1.addEventListener("message", () => waiting.shift()?.());
port1.start();

export const platform: Platform = {
  sha256: () => new Sha256(),
  soon(callback) {
    waiting.push(callback);
    port2.postMessage(null);
  },
  peakMemoryBytes: () => undefined,
};
