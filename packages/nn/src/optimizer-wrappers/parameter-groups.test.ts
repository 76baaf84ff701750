import { expect, it } from "vitest";
import { lion, sgd } from "../optimizers/index.ts";
import { slide } from "../testing/slide.ts";
import { parameterGroups } from "./parameter-groups.ts";

it("moves each parameter as its first group says, the others by the rest", async () => {
  const optimizer = parameterGroups(
    [
      { names: "frozen.*", rate: 0 },
      { names: "bias", rate: 0.5 },
      { names: "head.*", optimizer: lion() },
    ],
    sgd(),
  );
  const slopes = { "frozen.weight": 0.25, "block.bias": 0.25, "head.weight": 0.25, "block.weight": 0.25 };
  expect(await slide(optimizer, slopes, 2)).toEqual({
    "frozen.weight": 1,
    "block.bias": 0.75,
    "head.weight": -1,
    "head.weight.momentum": expect.closeTo(0.25 * (1 - 0.99 ** 2), 6),
    "block.weight": 0.5,
  });
});
