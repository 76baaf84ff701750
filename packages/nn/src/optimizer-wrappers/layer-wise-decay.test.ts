import { expect, it } from "vitest";
import { sgd } from "../optimizers/index.ts";
import { slide } from "../testing/slide.ts";
import { layerWiseDecay } from "./layer-wise-decay.ts";

it("moves layers the less the nearer they are to the input", async () => {
  const optimizer = layerWiseDecay(sgd(), { decay: 0.5, layers: ["first.*", "second.*", "third.*"] });
  expect(await slide(optimizer, { "first.w": 1, "second.w": 1, "third.w": 1, head: 1 }, 1)).toEqual({
    "first.w": 0.75,
    "second.w": 0.5,
    "third.w": 0,
    head: 0,
  });
});
