import { defineOp } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { classLoss, classLossAttributes, classLossGradient } from "../rules/class-loss.ts";

export const softmaxCrossEntropyLoss = defineOp({
  name: "SoftmaxCrossEntropyLoss",
  attributes: classLossAttributes,
  inputs: [2, 3],
  infer({ inputs: [scores, labels], attributes: { reduction }, outputCount }) {
    const { dtype, shape } = scores!;
    const loss = { dtype, shape: reduction === "none" ? labels!.shape : [] };
    return outputCount === 1 ? [loss] : [loss, { dtype, shape }];
  },
  lower(context) {
    const { g, inputs, outputs, attributes } = context;
    const [scores, labels] = inputs;
    const isKnown = scores!.shape.every((length) => typeof length === "number");
    if (outputs.length > 1 || scores!.dtype !== "float32" || !isKnown) return undefined;
    const { labels: places, importance, total } = classLoss(context);
    const each = surprise(g, scores!, places);
    const weighted = importance ? g.mul(each, importance) : each;
    if (attributes.reduction === "none") return [g.reshape(weighted, labels!.shape)];
    const sum = g.reduceSum(weighted);
    return [attributes.reduction === "mean" ? g.div(sum, total) : sum];
  },
  // dscores = (softmax(scores) − onehot(labels)) · share, and dlogp − softmax · Σ dlogp where log-probabilities are read
  gradient(context) {
    const {
      g,
      inputs: [scores],
      outputs: [loss],
      upstream: [dloss, dlogp],
      wants,
    } = context;
    const probabilities = g.softmax(scores!, 1);
    const target = dloss && classLossGradient(context, dloss);
    const fromLoss = target && lessOnehot(g, scores!, target);
    const fromLogp = dlogp && g.sub(dlogp, g.mul(probabilities, g.reduceSum(dlogp, [1], true)));
    const dscores = fromLoss && fromLogp ? g.add(fromLoss, fromLogp) : (fromLoss ?? fromLogp);
    const dweights = () => target?.weightGradient(g.op("LogSoftmax", [scores], { axis: 1 }), loss!);
    return [wants(0) ? dscores : undefined, undefined, wants(2) ? dweights() : undefined];
  },
});

/** How far the score at a label is behind the highest, and the largest probability, which is never tiny. */
function standing(g: GraphBuilder, scores: Value, labels: Value) {
  const own = g.op("GatherElements", [scores, labels], { axis: 1 });
  const [highest, likeliest] = [scores, g.softmax(scores, 1)].map((value) => g.reduceMax(value, [1], true));
  return { behind: g.sub(highest!, own), likeliest: likeliest! };
}

/** −logp at the labels, from a softmax that the gradient reads too. */
function surprise(g: GraphBuilder, scores: Value, labels: Value): Value {
  const { behind, likeliest } = standing(g, scores, labels);
  return g.sub(behind, g.log(likeliest));
}

/** (softmax(scores) − onehot(labels)) · share. */
function lessOnehot(
  g: GraphBuilder,
  scores: Value,
  { labels, share, less }: ReturnType<typeof classLossGradient>,
): Value {
  const probabilities = g.softmax(scores, 1);
  if (share.shape.length > 0) return less(g.mul(probabilities, share));
  // One share for all comes last, where it may go into a product. What the loss reads of the probabilities is read here too, so that
  // the runtime has it before it writes over them.
  const { behind, likeliest } = standing(g, scores, labels);
  const own = g.sub(g.mul(g.exp(g.neg(behind)), likeliest), 1);
  return g.mul(g.op("ScatterElements", [probabilities, labels, own], { axis: 1 }), share);
}
