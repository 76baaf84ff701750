import { describe, expect, it } from "vitest";
import { checkModel } from "../testing/check-model.ts";
import { parameterCount } from "../testing/parameter-count.ts";
import { mobileNetV2 } from "./mobile-net-v2.ts";

describe("mobileNetV2", () => {
  it("has the parameters that are known", () => {
    expect(parameterCount(mobileNetV2({ classes: 1000 }))).toBe(3_504_872);
  });

  it("gives what PyTorch gives", () =>
    checkModel("mobileNetV2", mobileNetV2({ classes: 3, input: [1, 32, 32], width: 0.1 })));
});
