import { defineOp } from "../define-op.ts";
import { classLossAttributes, classLossGradient } from "../rules/class-loss.ts";
import { zeros } from "../rules/zeros.ts";
import { staticShape } from "../shapes.ts";

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
    const [logp] = inputs;
    const { less, weightGradient } = classLossGradient(context, upstream[0]!);
    return [
      wants(0) ? less(zeros(g, staticShape("NegativeLogLikelihoodLoss", logp!), logp!.dtype)) : undefined,
      undefined,
      wants(2) ? weightGradient(logp!, outputs[0]!) : undefined,
    ];
  },
});
