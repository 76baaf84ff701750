import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as layers from "./layers/index.ts";
import * as losses from "./losses/index.ts";
import * as optimizers from "./optimizers/index.ts";
import { golden } from "./testing/golden.ts";

describe("the values recorded from PyTorch", () => {
  it("exist for every layer", () => {
    const isRecorded = (name: string) =>
      existsSync(new URL(`../../../golden/nn/layers/${name}.json`, import.meta.url)) &&
      golden<{ records: readonly unknown[] }>(`layers/${name}`).records.length > 0;
    expect(Object.keys(layers).filter((name) => !isRecorded(name))).toEqual([]);
  });

  it("exist for every loss and optimizer", () => {
    expect(Object.keys(golden<{ records: object }>("losses").records)).toEqual(
      expect.arrayContaining(Object.keys(losses)),
    );
    expect(Object.keys(golden<{ ends: object }>("optimizers").ends)).toEqual(
      expect.arrayContaining(Object.keys(optimizers)),
    );
  });
});
