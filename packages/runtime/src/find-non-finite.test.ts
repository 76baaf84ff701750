import { float32 } from "@athanor/core";
import { expect, it } from "vitest";
import { findNonFinite } from "./find-non-finite.ts";
import type { StepDefinition } from "./training-step.ts";

/** Mean of √(x v) + x w over two rows; the gradient of the root has no end at 0. */
const definition: StepDefinition = {
  inputs: { x: { dtype: "float32", shape: ["batch", 2] } },
  parameters: { v: float32([1, 1], [2, 1]), w: float32([1, 1], [2, 1]) },
  optimizer: { name: "none", slots: () => ({}), update: (_, { parameter }) => ({ parameter, slots: {} }) },
  build: (g, { inputs: { x }, parameters: { v, w } }) => {
    const hidden = g.where(g.equal(g.constant(1), 1), g.matMul(x!, w!), g.constant(Number.NEGATIVE_INFINITY));
    return { loss: g.reduceMean(g.add(g.sqrt(g.matMul(x!, v!)), hidden)) };
  },
};
const x = float32([1, 2, 3, 4], [2, 2]);

it("names the first node that makes NaN, what it read, and the parameter near it", async () => {
  const found = await findNonFinite(definition, { x }, { v: float32([-1, 0], [2, 1]), w: float32([1, 1], [2, 1]) });
  expect(found).toMatchObject({ operator: "Sqrt", parameter: "v", inputs: [{ shape: [2, 1], min: -3, max: -1 }] });
});

it("looks at gradients as well", async () => {
  const found = await findNonFinite(definition, { x }, { v: float32([0, 0], [2, 1]), w: float32([1, 1], [2, 1]) });
  expect(found).toMatchObject({ operator: "Div", parameter: "v" });
});

it("finds nothing where all are numbers", async () => {
  expect(await findNonFinite(definition, { x }, definition.parameters)).toBeUndefined();
});
