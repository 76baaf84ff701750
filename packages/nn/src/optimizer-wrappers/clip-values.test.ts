import { expect, it } from "vitest";
import { sgd } from "../optimizers/index.ts";
import { slide } from "../testing/slide.ts";
import { clipValues } from "./clip-values.ts";

it("cuts what is larger than the limit, either way", async () => {
  const slopes = { up: 4, down: -4, small: 0.25 };
  expect(await slide(clipValues(sgd(), { limit: 0.5 }), slopes, 1)).toEqual({ up: 0.5, down: 1.5, small: 0.75 });
});
