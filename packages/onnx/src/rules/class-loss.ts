import { type GradientContext, optional, string } from "../define-op.ts";
import type { Value } from "../graph/graph-builder.ts";
import { staticShape } from "../shapes.ts";

/** Attributes of the losses that compare `[batch, classes, …]` with labels `[batch, …]`. */
export const classLossAttributes = {
  ignore_index: optional.int,
  reduction: string<"none" | "mean" | "sum">("mean"),
} as const;

/** A loss −Σ wᵢ logpᵢ at the labels, seen from its gradient; the class axis is kept, with length 1 where it is reduced. */
export interface ClassLoss {
  /** 1 at the label, `[batch, classes, …]`. */
  readonly onehot: Value;
  /** How much each label's −logp weighs in what is differentiated: its class weight by dloss, by the mean's divisor. */
  readonly share: Value;
  /** Gradient of the class weights, given log-probabilities and the loss. */
  weightGradient(logp: Value, loss: Value): Value;
}

export function classLoss(
  { g, inputs: [scores, labels, weights], attributes }: GradientContext<typeof classLossAttributes>,
  dloss: Value,
): ClassLoss {
  const { dtype } = scores!;
  const { reduction, ignore_index: ignored } = attributes;
  const shape = staticShape("SoftmaxCrossEntropyLoss", scores!);
  const one = shape.with(1, 1);
  const count = one.reduce((product, length) => product * length, 1);
  const isRead = ignored === undefined ? undefined : g.op("Not", [g.equal(labels!, ignored)]);
  const safe = isRead ? g.where(isRead, labels!, g.constant(0, labels!.dtype as "int64")) : labels!;
  const depth = g.constant(shape[1]!, labels!.dtype as "int64");
  const onehot = g.cast(g.op("OneHot", [safe, depth, g.constant([0, 1])], { axis: 1 }), dtype);
  const read = isRead && g.reshape(g.cast(isRead, dtype), one);
  const ofLabel = weights && g.reshape(g.gather(weights, safe), one);
  const importance = ofLabel && read ? g.mul(ofLabel, read) : (ofLabel ?? read);
  const total = importance ? g.reduceSum(importance) : g.constant(count, dtype as "float32");
  const each = reduction === "none" ? g.reshape(dloss, one) : reduction === "mean" ? g.div(dloss, total) : dloss;
  const weightGradient = (logp: Value, loss: Value): Value => {
    // d(Σ wᵢ lᵢ / Σ wᵢ)/dw = (lᵢ − loss) / Σ wᵢ at the label
    const own = g.neg(logp);
    const moved = g.mul(reduction === "mean" ? g.sub(own, loss) : own, each);
    const axes = shape.map((_, axis) => axis).filter((axis) => axis !== 1);
    return g.reduceSum(g.mul(onehot, read ? g.mul(moved, read) : moved), axes);
  };
  return { onehot, share: importance ? g.mul(importance, each) : each, weightGradient };
}
