import { defineOp } from "../define-op.ts";
import { classLoss, classLossAttributes } from "../rules/class-loss.ts";

export const negativeLogLikelihoodLoss = defineOp({
  name: "NegativeLogLikelihoodLoss",
  attributes: classLossAttributes,
  inputs: [2, 3],
  infer: ({ inputs: [logp, labels], attributes: { reduction } }) => [
    { dtype: logp!.dtype, shape: reduction === "none" ? labels!.shape : [] },
  ],
  // dlogp = −onehot(labels) · share
  gradient(context) {
    const { g, inputs, outputs, upstream, wants } = context;
    const { onehot, share, weightGradient } = classLoss(context, upstream[0]!);
    return [
      wants(0) ? g.neg(g.mul(onehot, share)) : undefined,
      undefined,
      wants(2) ? weightGradient(inputs[0]!, outputs[0]!) : undefined,
    ];
  },
});
