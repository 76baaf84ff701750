import { float32 } from "@athanor/core";
import { expect, it } from "vitest";
import { checkSnapshot } from "./check-snapshot.ts";

const waiting = (count: number) => ({
  step: 1,
  states: {},
  accumulated: { count, gradients: { w: float32([1]) }, rows: {} },
});

it("lets gradients wait only where further batches come before the update", () => {
  checkSnapshot({ step: 1, states: {} }, 1);
  checkSnapshot(waiting(2), 3);
  for (const accumulate of [1, 2])
    expect(() => checkSnapshot(waiting(2), accumulate)).toThrow(
      expect.objectContaining({ code: "runtime/snapshot", details: { count: 2, accumulate } }),
    );
});
