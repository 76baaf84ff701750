import { defineOp, optional, string } from "../define-op.ts";
import { shapeError, staticShape } from "../shapes.ts";

export const softmaxCrossEntropyLoss = defineOp({
  name: "SoftmaxCrossEntropyLoss",
  attributes: { reduction: string<"none" | "mean" | "sum">("mean"), ignore_index: optional.int },
  inputs: [2, 3],
  infer({ inputs: [scores, labels], attributes: { reduction }, outputCount }) {
    const { dtype, shape } = scores!;
    const loss = { dtype, shape: reduction === "none" ? labels!.shape : [] };
    return outputCount === 1 ? [loss] : [loss, { dtype, shape }];
  },
  // dscores = (softmax(scores) − onehot(labels)) · dloss / n
  gradient({ g, inputs: [scores, labels, weights], upstream: [dloss], attributes: { reduction, ignore_index } }) {
    if (weights !== undefined || ignore_index !== undefined || scores!.shape.length !== 2) {
      throw shapeError(
        "SoftmaxCrossEntropyLoss",
        "scores [batch, classes] without weights and ignore_index for a gradient",
        scores,
      );
    }
    const [batch, classes] = staticShape("SoftmaxCrossEntropyLoss", scores!) as [number, number];
    const onehot = g.op("OneHot", [
      labels,
      g.constant(classes, "int64"),
      g.constant([0, 1], scores!.dtype as "float32"),
    ]);
    const difference = g.sub(g.softmax(scores!, 1), onehot);
    if (reduction === "none") return [g.mul(difference, g.reshape(dloss!, [batch, 1]))];
    return [g.mul(difference, reduction === "mean" ? g.mul(dloss!, 1 / batch) : dloss!)];
  },
});
