import { expect, it } from "vitest";
import { fitOneHotEncoder } from "./one-hot-encoder.ts";

it("keeps the most frequent categories, ties by name, nothing missing", () => {
  expect(fitOneHotEncoder(["b", "a", "c", "c", undefined, ""], 2)).toEqual({ categories: ["c", "a"] });
});
