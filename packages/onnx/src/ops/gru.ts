import { pullback } from "../autodiff/pullback.ts";
import { defineOp, int } from "../define-op.ts";
import type { Value } from "../graph/graph-builder.ts";
import { inferRecurrent, recurrentAttributes, recurrentGradient } from "../recurrence/recurrent.ts";
import { type Cell, cut, gatesOf, project, type Started, turned } from "../recurrence/recurrent-cell.ts";
import { matrixProduct } from "../rules/matrix-product.ts";

export const gru = defineOp({
  name: "GRU",
  attributes: { ...recurrentAttributes, linear_before_reset: int(0) },
  inputs: [3, 6],
  infer: (context) => inferRecurrent("GRU", context),
  gradient: (context) => recurrentGradient(context, context.attributes.linear_before_reset === 1 ? late : early),
});

/** z, r = f(Wx + Rh + b), n = g(W x + b + r (R h + b)), h' = (1 − z) n + z h; gates stand in the order z, r, n. */
const late: Cell = {
  op: "GRU",
  defaults: ["Sigmoid", "Tanh"],
  hasCell: false,
  start({ g, x, w, r: weight, rBack, wb, rb, hidden, activations: [f, update] }, before) {
    const [inputs, states] = [project(g, x, w, wb), project(g, before, weight, rb)];
    const step: Started["step"] = (inner, seen) => {
      const [ax, ah, h] = seen as readonly [Value, Value, Value];
      const first = inner.nodes.length;
      const [xz, xr, xn] = gatesOf(inner, ax, hidden, 3);
      const [hz, hr, hn] = gatesOf(inner, ah, hidden, 3);
      const z = f!(inner, inner.add(xz!, hz!));
      const n = update!(inner, inner.add(xn!, inner.mul(f!(inner, inner.add(xr!, hr!)), hn!)));
      const next = inner.add(n, inner.mul(z, inner.sub(h, n)));
      const nodes = inner.nodes.slice(first);
      return {
        back(dh) {
          const [input, recurrent, direct] = pullback(inner, {
            nodes,
            outputs: [next],
            upstream: [dh],
            wanted: [ax, ah, h],
          });
          return { input: input!, recurrent: recurrent!, h: inner.add(direct!, inner.matMul(rBack, recurrent!)) };
        },
      };
    };
    return { sequences: [inputs, states, before], step };
  },
};

/** As above with n = g(W x + b + R (r h) + b): the reset comes before the product, which so sees another state. */
const early: Cell = {
  op: "GRU",
  defaults: ["Sigmoid", "Tanh"],
  hasCell: false,
  start({ g, x, w, r: weight, wb, rb, hidden, activations: [f, update] }, before) {
    const [gateWeight, newWeight] = [cut(g, weight, 0, 2 * hidden, 0), cut(g, weight, 2 * hidden, 3 * hidden, 0)];
    const [gateBack, newBack] = [turned(g, gateWeight), turned(g, newWeight)];
    const bias = rb && cut(g, rb, 2 * hidden, 3 * hidden, 0);
    const inputs = project(g, x, w, wb);
    const states = project(g, before, gateWeight, rb && cut(g, rb, 0, 2 * hidden, 0));
    const step: Started["step"] = (inner, seen) => {
      const [ax, ah, h] = seen as readonly [Value, Value, Value];
      const first = inner.nodes.length;
      const [xz, xr, xn] = gatesOf(inner, ax, hidden, 3);
      const [hz, hr] = gatesOf(inner, ah, hidden, 2);
      const z = f!(inner, inner.add(xz!, hz!));
      const reset = inner.mul(f!(inner, inner.add(xr!, hr!)), h);
      const middle = inner.nodes.length;
      const product = project(inner, reset, newWeight, bias);
      const last = inner.nodes.length;
      const n = update!(inner, inner.add(xn!, product));
      const next = inner.add(n, inner.mul(z, inner.sub(h, n)));
      const [early, late] = [inner.nodes.slice(first, middle), inner.nodes.slice(last)];
      return {
        back(dh) {
          const wanted = [xn!, z, h, product];
          const [dxn, dz, direct, dproduct] = pullback(inner, { nodes: late, outputs: [next], upstream: [dh], wanted });
          const upstream = [dxn, dz, inner.matMul(newBack, dproduct!)];
          const [dax, dah, through] = pullback(inner, {
            nodes: early,
            outputs: [xn, z, reset],
            upstream,
            wanted: [ax, ah, h],
          });
          return {
            input: dax!,
            recurrent: inner.concat([dah!, dproduct!], -2),
            reset,
            h: inner.add(inner.add(direct!, through!), inner.matMul(gateBack, dah!)),
          };
        },
      };
    };
    return { sequences: [inputs, states, before], step };
  },
  recurrentWeight({ g, hidden }, gates, states, resets) {
    const product = (from: number, to: number, seen: Value) =>
      matrixProduct(g, cut(g, gates, from, to, -1), seen, { transA: true });
    return g.concat([product(0, 2 * hidden, states), product(2 * hidden, 3 * hidden, resets)], 0);
  },
};
