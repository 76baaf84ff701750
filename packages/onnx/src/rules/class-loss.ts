import { type GradientContext, optional, string } from "../define-op.ts";
import type { Value } from "../graph/graph-builder.ts";
import { staticShape } from "../shapes.ts";
import { scatterSum } from "./scatter-sum.ts";
import { zeros } from "./zeros.ts";

/** Attributes of the losses that compare `[batch, classes, …]` with labels `[batch, …]`. */
export const classLossAttributes = {
  ignore_index: optional.int,
  reduction: string<"none" | "mean" | "sum">("mean"),
} as const;

/** A loss −Σ wᵢ logpᵢ at the labels; what belongs to a label is `[batch, 1, …]`, or a scalar where all are alike. */
export interface ClassLoss {
  /** Which class each label reads. */
  readonly labels: Value;
  /** 0 where a label is ignored, 1 elsewhere; `undefined` where none can be. */
  readonly read: Value | undefined;
  /** How much each label weighs, its class weight where it is read; `undefined` where all weigh 1. */
  readonly importance: Value | undefined;
  /** What the mean divides by. */
  readonly total: Value;
}

export function classLoss({ g, inputs: [scores, labels, weights], attributes }: LossContext): ClassLoss {
  const { dtype } = scores!;
  const { ignore_index: ignored } = attributes;
  const one = staticShape("SoftmaxCrossEntropyLoss", scores!).with(1, 1);
  const count = one.reduce((product, length) => product * length, 1);
  const isRead = ignored === undefined ? undefined : g.op("Not", [g.equal(labels!, ignored)]);
  const safe = isRead ? g.where(isRead, labels!, g.constant(0, labels!.dtype as "int64")) : labels!;
  const read = isRead && g.reshape(g.cast(isRead, dtype), one);
  const ofLabel = weights && g.reshape(g.gather(weights, safe), one);
  const importance = ofLabel && read ? g.mul(ofLabel, read) : (ofLabel ?? read);
  const total = importance ? g.reduceSum(importance) : g.constant(count, dtype as "float32");
  return { labels: g.reshape(safe, one), read, importance, total };
}

type LossContext = Pick<GradientContext<typeof classLossAttributes>, "g" | "attributes"> & {
  readonly inputs: readonly (Value | undefined)[];
};

/** What is differentiated, seen from the labels: how much each −logp counts in it, and the gradient of the class weights. */
export function classLossGradient(context: GradientContext<typeof classLossAttributes>, dloss: Value) {
  const {
    g,
    inputs: [scores, , weights],
    attributes: { reduction },
  } = context;
  const { labels, read, importance, total } = classLoss(context);
  const shape = staticShape("SoftmaxCrossEntropyLoss", labels);
  const count = shape.reduce((product, length) => product * length, 1);
  const mean = () => (importance ? g.div(dloss, total) : g.mul(dloss, 1 / count));
  const each = reduction === "none" ? g.reshape(dloss, labels.shape) : reduction === "mean" ? mean() : dloss;
  const share = importance ? g.mul(importance, each) : each;
  return {
    labels,
    share,
    /** Takes each label's share off a value like the scores. */
    less: (value: Value): Value => {
      const updates = g.neg(g.op("Expand", [share, g.constant(shape, "int64")]));
      return scatterSum(g, { target: value, indices: labels, updates, axis: 1 });
    },
    // d(Σ wᵢ lᵢ / Σ wᵢ)/dw = (lᵢ − loss) / Σ wᵢ at the label
    weightGradient: (logp: Value, loss: Value): Value => {
      const own = g.neg(g.op("GatherElements", [logp, labels], { axis: 1 }));
      const moved = g.mul(reduction === "mean" ? g.sub(own, loss) : own, each);
      const flat = [count];
      const target = zeros(g, staticShape("SoftmaxCrossEntropyLoss", weights!), scores!.dtype);
      const updates = g.reshape(read ? g.mul(moved, read) : moved, flat);
      return scatterSum(g, { target, indices: g.reshape(labels, flat), updates, axis: 0 });
    },
  };
}
