import { describe, expect, it } from "vitest";
import { matches } from "./name-pattern.ts";

describe("matches", () => {
  it.each([
    ["query", "encoder.layer.0.query", true],
    ["query", "/encoder/layer.0/query", true],
    ["query", "encoder.subquery", false],
    ["layer.0.*", "encoder.layer.0.query.weight", true],
    ["layer.0.*", "encoder.layer.10.query.weight", false],
    ["*attention*", "a.attention.b", true],
    [["key", "value"], "layer.value", true],
    [["key", "value"], "layer.query", false],
    ["a(b", "a(b", true],
  ] as const)("%s picks %s: %s", (pattern, name, expected) => {
    expect(matches(pattern)(name)).toBe(expected);
  });
});
