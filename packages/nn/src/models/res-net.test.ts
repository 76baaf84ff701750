import { describe, expect, it } from "vitest";
import { checkModel } from "../testing/check-model.ts";
import { parameterCount } from "../testing/parameter-count.ts";
import { resNet, resNet18, resNet34, resNet50 } from "./res-net.ts";

describe("resNet", () => {
  it.each([
    [18, resNet18, 11_689_512],
    [34, resNet34, 21_797_672],
    [50, resNet50, 25_557_032],
  ] as const)("has in %i layers the parameters that are known", (_, make, count) => {
    expect(parameterCount(make({ classes: 1000 }))).toBe(count);
  });

  it("gives what PyTorch gives, of plain blocks", () =>
    checkModel("resNetPlain", resNet({ classes: 3, input: [2, 16, 16], blocks: [1, 2], width: 4 })));

  it("gives what PyTorch gives, of narrowing blocks", () =>
    checkModel("resNetNarrow", resNet({ classes: 3, input: [2, 16, 16], blocks: [2, 1], width: 4, bottleneck: true })));
});
