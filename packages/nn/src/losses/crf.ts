import type { GraphBuilder, Value } from "@athanor/onnx";
import { logSumExp, startAtFirst } from "../log-space.ts";
import type { Loss } from "../loss.ts";

/**
 * Mean over rows of −log P(tags), the probability of a path being exp of the sum of its steps over that of all paths: steps
 * `[batch, steps, tag before, tag]` as of `tagTransitions`, of which the first is from tag 0; tags int64 `[batch, steps]`,
 * filled up with −1.
 *
 * @see Lafferty, McCallum and Pereira 2001, "Conditional random fields"; Lample et al. 2016, https://arxiv.org/abs/1603.01360
 */
export const crf = (): Loss => ({
  name: "crf",
  build(g, steps, tags) {
    const isReal = g.op("GreaterOrEqual", [tags, g.constant(0, "int64")]);
    return g.reduceMean(g.sub(allPaths(g, steps, isReal), path(g, steps, tags, isReal)));
  },
});

/** Sum of the steps that the tags take: `[batch]`. */
function path(g: GraphBuilder, steps: Value, tags: Value, isReal: Value): Value {
  const [batch, length, tagCount] = steps.shape as [number | string, number, number];
  const known = g.max(tags, 0);
  const before = g.op("Pad", [known, g.constant([0, 1, 0, -1], "int64")]);
  const place = g.op("Unsqueeze", [g.add(g.mul(before, tagCount), known), g.constant([2], "int64")]);
  const taken = g.op("GatherElements", [g.reshape(steps, [batch, length, tagCount ** 2]), place], { axis: 2 });
  const each = g.where(isReal, g.reshape(taken, [batch, length]), g.constant(0));
  return g.reduceSum(each, [1]);
}

/** log Σ exp over all paths: `[batch]`. */
function allPaths(g: GraphBuilder, steps: Value, isReal: Value): Value {
  const inTime = g.transpose(steps, [1, 0, 2, 3]);
  const first = g.constant(0, "int64");
  const start = startAtFirst(g, g.gather(g.gather(inTime, first), first, 1));
  const real = g.op("Unsqueeze", [g.transpose(isReal), g.constant([2], "int64")]);
  const types = [start, { dtype: steps.dtype, shape: inTime.shape.slice(1) }, { ...real, shape: real.shape.slice(1) }];
  const body = g.body(types, (inner, [here, step, isIn]) => {
    const from = inner.op("Unsqueeze", [here!, inner.constant([2], "int64")]);
    return [inner.where(isIn!, logSumExp(inner, inner.add(from, step!), 1), here!)];
  });
  return logSumExp(g, g.op("Scan", [start, inTime, real], { body, num_scan_inputs: 2 }), 1);
}
