import { yieldToEventLoop } from "@athanor/core";
import type { Envelope } from "../protocol.ts";
import type { Thread, ThreadEvents } from "./threads.ts";

/** A session worker on the caller's own thread: messages pass by reference, and the event loop has its turn before each. */
export function startLocally(events: ThreadEvents): Thread {
  const loading = import("../session-host.ts").then(({ hostSessions }) => hostSessions(events.message));
  loading.catch(events.end);
  return {
    async post(message) {
      const host = await loading;
      await yieldToEventLoop();
      host.receive(message as Envelope);
    },
    ref: () => {},
    unref: () => {},
    terminate: async () => (await loading).close(),
  };
}
