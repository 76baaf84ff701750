import { describe, expect, it } from "vitest";
import { expectedErrors } from "./expected-errors.ts";

describe("expectedErrors", () => {
  it.each([
    [6, 0, 0.206],
    [9, 0, 0.143],
    [1, 0, 0.75],
    [16, 1, 0.157],
  ])("gives the rates that the book of C4.5 names: %d rows, %d errors", (weight, errors, rate) => {
    expect(expectedErrors(weight, errors, 0.25) / weight).toBeCloseTo(rate, 3);
  });

  it("rises with the errors and falls with the confidence", () => {
    const rates = Array.from({ length: 38 }, (_, i) => expectedErrors(10, i / 4, 0.25));
    for (const [i, rate] of rates.entries()) {
      expect(rate).toBeGreaterThan(i / 4);
      if (i > 0) expect(rate).toBeGreaterThan(rates[i - 1]!);
    }
    expect(expectedErrors(10, 2, 0.1)).toBeGreaterThan(expectedErrors(10, 2, 0.25));
  });
});
