import { defineOp } from "../define-op.ts";
import { classLoss, classLossAttributes } from "../rules/class-loss.ts";

export const softmaxCrossEntropyLoss = defineOp({
  name: "SoftmaxCrossEntropyLoss",
  attributes: classLossAttributes,
  inputs: [2, 3],
  infer({ inputs: [scores, labels], attributes: { reduction }, outputCount }) {
    const { dtype, shape } = scores!;
    const loss = { dtype, shape: reduction === "none" ? labels!.shape : [] };
    return outputCount === 1 ? [loss] : [loss, { dtype, shape }];
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
    const target = dloss && classLoss(context, dloss);
    const fromLoss = target && g.mul(g.sub(probabilities, target.onehot), target.share);
    const fromLogp = dlogp && g.sub(dlogp, g.mul(probabilities, g.reduceSum(dlogp, [1], true)));
    const dscores = fromLoss && fromLogp ? g.add(fromLoss, fromLogp) : (fromLoss ?? fromLogp);
    const dweights = () => target?.weightGradient(g.op("LogSoftmax", [scores], { axis: 1 }), loss!);
    return [wants(0) ? dscores : undefined, undefined, wants(2) ? dweights() : undefined];
  },
});
