import { describe, expect, expectTypeOf, it } from "vitest";
import {
  integer,
  integers,
  type OptionInput,
  type OptionValues,
  oneOf,
  real,
  required,
  resolveOptions,
  text,
} from "./options.ts";

const spec = {
  trees: integer(100, "number of trees", { min: 1 }),
  depth: integer(null, "deepest level"),
  rate: real(0.1, "step size", { min: 0, max: 1 }),
  criterion: oneOf("gini", "impurity", ["gini", "entropy"]),
  sizes: integers([64], "hidden layers", { min: 1 }),
};

const codeOf = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("resolveOptions", () => {
  it("fills in defaults", () => {
    expect(resolveOptions("Forest", spec, { trees: 7 })).toEqual({
      trees: 7,
      depth: null,
      rate: 0.1,
      criterion: "gini",
      sizes: [64],
    });
  });

  it("infers the values' types", () => {
    expectTypeOf<OptionValues<typeof spec>["criterion"]>().toEqualTypeOf<"gini" | "entropy">();
    expectTypeOf<OptionValues<typeof spec>["depth"]>().toEqualTypeOf<number | null>();
    const needy = { path: text(required, "file") };
    // @ts-expect-error a required option cannot be left out
    const input: OptionInput<typeof needy> = {};
    expect(codeOf(() => resolveOptions("csv", needy, input))).toBe("options/missing");
  });

  it("names an unknown option and the known ones", () => {
    expect(() => resolveOptions("Forest", spec, { tree: 7 })).toThrow(/trees, depth, rate.*got tree/);
  });

  it.each([
    [{ trees: 0 }, /trees to be a whole number of at least 1, got 0/],
    [{ trees: 1.5 }, /got 1.5/],
    [{ trees: null }, /got null/],
    [{ rate: Number.NaN }, /rate to be a number from 0 to 1/],
    [{ criterion: "giny" }, /one of gini, entropy, got "giny"/],
    [{ sizes: [0] }, /got \[0\]/],
  ])("refuses %j", (input, message) => {
    expect(() => resolveOptions("Forest", spec, input)).toThrow(message);
    expect(codeOf(() => resolveOptions("Forest", spec, input))).toBe("options/invalid");
  });
});
