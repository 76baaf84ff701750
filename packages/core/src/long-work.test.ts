import { expect, it } from "vitest";
import { isAbort, yieldToEventLoop } from "./long-work.ts";

it("rejects with the signal's reason once cancelled", async () => {
  const controller = new AbortController();
  controller.abort();
  const error = await yieldToEventLoop(controller.signal).catch((reason: unknown) => reason);
  expect(isAbort(error)).toBe(true);
  await expect(yieldToEventLoop()).resolves.toBeUndefined();
});
