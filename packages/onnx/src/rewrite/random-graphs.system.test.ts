import fc from "fast-check";
import { describe, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { checkRewrite } from "../testing/check-rewrite.ts";
import { buildSteps, drawnFeeds, drawnSteps } from "../testing/drawn-steps.ts";
import { openModel } from "../testing/run-model.ts";
import { deadCode } from "./dead-code.ts";
import { foldConstants } from "./fold-constants.ts";
import { rewrite } from "./rewrite.ts";
import { trainingPasses } from "./training-passes.ts";

const passes = [deadCode, foldConstants(async (model) => (await openModel(model))({})), ...trainingPasses];
/** Sums in another order, carried through a dozen steps. */
const deep = 1e-3;

describe("rewriting graphs and their gradients", () => {
  it("keeps what they compute, whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(drawnSteps, fc.integer({ min: 1, max: 3 }), async (choices, outputs) => {
        const { g, values, wanted } = buildSteps(choices);
        const last = values.slice(-outputs).map((value) => g.tanh(value));
        for (const [i, value] of last.entries()) g.output(`out${i}`, value);
        for (const [i, value] of gradient(g, g.reduceMean(last[0]!), wanted).entries())
          g.output(`d${i}`, g.tanh(value));
        await checkRewrite(g.build(), (model) => rewrite(model, passes), drawnFeeds, deep);
      }),
      { numRuns: 60 },
    );
  });
});
