import { float32 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkRewrite, operatorsOf } from "../testing/check-rewrite.ts";
import { commonSubexpressions } from "./common-subexpressions.ts";
import { rewrite } from "./rewrite.ts";
import { sharedGelu } from "./shared-gelu.ts";

const x = float32([-6, -1.5, -0.3, 0, 0.2, 1, 7]);

/** The operators of a Gelu, and of its gradient where that is asked for. */
async function operators(domain: string, { trains = true, approximate = "none" } = {}) {
  const g = new GraphBuilder();
  const input = g.input("x", "float32", [7]);
  const y = g.op("Gelu", [input], domain === "" ? { approximate } : {}, { domain });
  g.output("y", y);
  if (trains) g.output("dx", gradient(g, g.reduceSum(g.mul(y, y)), [input])[0]!);
  return operatorsOf(
    await checkRewrite(g.build(), (model) => rewrite(model, [sharedGelu, commonSubexpressions]), { x }),
  );
}
const count = (all: readonly string[], op: string) => all.filter((each) => each === op).length;

describe("sharedGelu", () => {
  it.each(["", "com.microsoft"])("computes the distribution function once, domain '%s'", async (domain) => {
    const after = await operators(domain);
    expect(["Gelu", "Erf", "HardSigmoid"].map((op) => count(after, op))).toEqual([0, 1, 1]);
  });

  it("leaves a Gelu without a gradient, and the approximate one", async () => {
    expect(await operators("", { trains: false })).toContain("Gelu");
    expect(await operators("", { approximate: "tanh" })).toContain("Gelu");
  });
});
