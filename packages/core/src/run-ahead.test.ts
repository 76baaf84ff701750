import { describe, expect, it } from "vitest";
import { runAhead } from "./run-ahead.ts";

describe("runAhead", () => {
  it("starts a piece before it receives the one before, and receives all in order", async () => {
    const events: string[] = [];
    await runAhead(
      3,
      async (i) => events.push(`start ${i}`),
      (_, i) => events.push(`receive ${i}`),
    );
    expect(events).toEqual(["start 0", "start 1", "receive 0", "start 2", "receive 1", "receive 2"]);
  });

  it("waits for what is under way when one fails", async () => {
    let ended = 0;
    const start = async (i: number) => {
      await new Promise((resolve) => setTimeout(resolve, 5 * i));
      ended++;
      if (i === 0) throw new Error("first");
    };
    await expect(runAhead(5, start, () => undefined)).rejects.toThrow("first");
    expect(ended).toBe(2);
  });

  it("does nothing for no work", async () => {
    await runAhead(
      0,
      async () => expect.unreachable(),
      () => expect.unreachable(),
    );
  });
});
