import { describe, expect, it } from "vitest";
import * as ops from "./ops/index.ts";
import { registry } from "./registry.ts";
import { goldenRecords } from "./testing/golden-record.ts";

/** Differentiable operators that PyTorch has nothing to compare with. */
const unrecorded: Readonly<Record<string, string>> = {
  Bernoulli: "draws at random; nothing flows back",
  EyeLike: "reads only the shape; nothing flows back",
  RandomNormalLike: "reads only the shape; nothing flows back",
  RandomUniformLike: "reads only the shape; nothing flows back",
  Binarizer: "a step function of scikit-learn's exporter",
  Imputer: "of scikit-learn's exporter",
  LinearRegressor: "of scikit-learn's exporter",
  Scaler: "of scikit-learn's exporter",
  If: "PyTorch branches in Python",
  Loop: "PyTorch loops in Python",
  Scan: "PyTorch loops in Python",
  CenterCropPad: "PyTorch has crops and pads apart",
};

describe("the registry", () => {
  it("names every operator like its export", () => {
    const names = Object.entries(ops).map(([name, { name: op, domain }]) => [
      name.toLowerCase(),
      op.toLowerCase(),
      domain,
    ]);
    // The runtime's operators of a standard name carry their domain, and If is a word of the language.
    const differing = names.filter(([name, op]) => name !== op && name !== `microsoft${op}` && name !== `${op}op`);
    expect(differing).toEqual([]);
    expect(registry.size).toBe(Object.keys(ops).length);
  });

  it("has for every gradient a record from PyTorch, a decomposition or a reason", () => {
    const missing = [...registry.values()].filter(
      (op) => op.gradient && !op.decompose && goldenRecords(op).length === 0 && !(op.name in unrecorded),
    );
    expect(missing.map(({ name }) => name)).toEqual([]);
  });
});
