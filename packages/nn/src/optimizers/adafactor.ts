import { type OptionInput, real, resolveOptions, sizeOf } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Optimizer } from "@athanor/runtime";

const options = {
  decay: real(0.8, "how fast old squares are forgotten: a share of step^−decay is new", { min: 0, max: 1 }),
  clip: real(1, "root mean square of a move, in units of the rate, from which it is scaled down", { min: 1 }),
  floor: real(1e-3, "root mean square that a parameter counts with at least", { min: 0 }),
  weightDecay: real(0, "share of a weight taken off per unit of learning rate", { min: 0 }),
};

/** The square's least value under the root: of single precision. */
const smallest = 2 ** -23;

/**
 * Adam's denominator from means over rows and columns of the squared gradients: memory for a matrix is a row and a column.
 *
 * @see Shazeer and Stern 2018, https://arxiv.org/abs/1804.04235
 */
export function adafactor(input: OptionInput<typeof options> = {}): Optimizer {
  const { decay, clip, floor, weightDecay } = resolveOptions("adafactor", options, input);
  return {
    name: "adafactor",
    slots: ({ shape }): ReturnType<Optimizer["slots"]> =>
      shape.length < 2
        ? { square: { shape } }
        : { rows: { shape: shape.with(-1, 1) }, columns: { shape: shape.with(-2, 1) } },
    update(g, { parameter, gradient, slots, learningRate, step }) {
      const share = g.op("Pow", [step, g.constant(-decay)]);
      const toward = (held: Value, fresh: Value) => g.add(held, g.mul(g.sub(fresh, held), share));
      const squares = g.mul(gradient, gradient);
      const next: Readonly<Record<string, Value>> =
        slots.square === undefined
          ? {
              rows: toward(slots.rows!, g.reduceMean(squares, [-1], true)),
              columns: toward(slots.columns!, g.reduceMean(squares, [-2], true)),
            }
          : { square: toward(slots.square, squares) };
      const square =
        next.square ?? g.div(g.mul(next.rows!, next.columns!), g.max(g.reduceMean(next.rows!, [-2], true), smallest));
      const move = g.div(gradient, g.sqrt(g.max(square, smallest ** 2)));
      const scale = g.max(g.div(rootMeanSquare(g, move), clip), 1);
      const rate = g.mul(g.max(rootMeanSquare(g, parameter), floor), g.min(learningRate, g.div(1, g.sqrt(step))));
      const decayed = weightDecay === 0 ? parameter : g.mul(parameter, g.sub(1, g.mul(learningRate, weightDecay)));
      return { parameter: g.sub(decayed, g.mul(move, g.div(rate, scale))), slots: next };
    },
  };
}

const rootMeanSquare = (g: GraphBuilder, x: Value): Value =>
  g.sqrt(g.div(g.reduceSum(g.mul(x, x)), sizeOf(x.shape as number[])));
