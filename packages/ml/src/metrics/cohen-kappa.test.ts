import { expect, it } from "vitest";
import { scored } from "../testing/scored.ts";
import { cohenKappa } from "./cohen-kappa.ts";

it("agrees with scikit-learn", () => {
  const { recorded, truth, predicted } = scored();
  expect(cohenKappa(truth, predicted)).toBeCloseTo(recorded.cohenKappa!, 12);
});
