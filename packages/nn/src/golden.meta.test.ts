import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as layers from "./layers/index.ts";
import * as losses from "./losses/index.ts";
import * as optimizers from "./optimizers/index.ts";
import { golden } from "./testing/golden.ts";

describe("the values recorded from PyTorch", () => {
  const areRecorded = (folder: string, name: string) =>
    existsSync(new URL(`../../../golden/nn/${folder}/${name}.json`, import.meta.url)) &&
    golden<{ records: readonly unknown[] }>(`${folder}/${name}`).records.length > 0;

  it("exist for every layer", () => {
    expect(Object.keys(layers).filter((name) => !areRecorded("layers", name))).toEqual([]);
  });

  it("exist for every loss", () => {
    expect(Object.keys(losses).filter((name) => !areRecorded("losses", name))).toEqual([]);
  });

  it("exist for every optimizer", () => {
    expect(Object.keys(golden<{ ends: object }>("optimizers").ends)).toEqual(
      expect.arrayContaining(Object.keys(optimizers)),
    );
  });
});
