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
  Range: "PyTorch takes its bounds as plain numbers",
  Scaler: "of scikit-learn's exporter",
  TensorScatter: "newer than PyTorch's operators; its parts are recorded",
  If: "PyTorch branches in Python",
  Loop: "PyTorch loops in Python",
  Scan: "PyTorch loops in Python",
  DynamicQuantizeMatMul: "its parts are recorded, and the steps between them have no slope",
  MatMulIntegerToFloat: "its parts are recorded",
  CenterCropPad: "PyTorch has crops and pads apart",
};

describe("the registry", () => {
  it("names every operator like its export", () => {
    const names = Object.entries(ops).map(([name, { name: op, domain }]) => [
      name.toLowerCase(),
      op.toLowerCase(),
      domain,
    ]);
    // Some of the runtime's operators share their name with the standard's, and If is a word of the language.
    const standard = new Set(names.filter(([, , domain]) => !domain).map(([, op]) => op));
    const differing = names.filter(
      ([name, op, domain]) => name !== (domain && standard.has(op) ? `contrib${op}` : op === "if" ? "ifop" : op),
    );
    expect(differing).toEqual([]);
    expect(registry.size).toBe(Object.keys(ops).length);
  });

  it("has what PyTorch recorded of every gradient that it knows too", () => {
    const missing = [...registry.values()].filter(
      (op) =>
        (op.gradient ?? op.decompose) && !op.isQuantized && goldenRecords(op).length === 0 && !(op.name in unrecorded),
    );
    expect(missing.map(({ name }) => name)).toEqual([]);
  });
});
