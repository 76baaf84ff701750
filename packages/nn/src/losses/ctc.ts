import { integer, type OptionInput, resolveOptions } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { impossible, logSumExp, startAtFirst } from "../log-space.ts";
import type { Loss } from "../loss.ts";

const options = { blank: integer(0, "class that stands for no label", { min: 0 }) };

/** Scores `[batch, steps, classes]`, and how many steps of each row are real when not all are: int64 `[batch]`. */
export type StepScores = Value | { readonly scores: Value; readonly lengths: Value };

/**
 * Mean of −log P(labels) / number of labels, summed over all ways to place the labels among the steps with blanks and
 * repetitions between them: labels int64 `[batch, labels]`, filled up with −1. Rows with too few steps for their labels add nothing.
 *
 * @see Graves et al. 2006, "Connectionist temporal classification", https://doi.org/10.1145/1143844.1143891
 */
export function ctc(input: OptionInput<typeof options> = {}): Loss<StepScores> {
  const { blank } = resolveOptions("ctc", options, input);
  return {
    name: "ctc",
    build(g, output, labels) {
      const { scores, lengths } = "scores" in output ? output : { scores: output, lengths: undefined };
      const states = statesOf(g, labels, blank);
      const count = g.reduceSum(g.cast(isLabel(g, labels), "int64"), [1], true);
      const logs = walk(g, { scores, lengths, states, skip: mayBeSkipped(g, states, blank) });
      // A way ends in the last label or the blank after it.
      const places = placesUpTo(g, Number(states.shape[1]));
      const isEnd = g.op("Or", [g.equal(places, g.mul(count, 2)), g.equal(places, g.sub(g.mul(count, 2), 1))]);
      const total = logSumExp(g, g.where(isEnd, logs, g.constant(impossible)), 1);
      const labelCount = g.reshape(g.max(g.cast(count, "float32"), 1), [-1]);
      const each = g.div(g.neg(total), labelCount);
      return g.reduceMean(g.where(g.greater(total, impossible / 2), each, g.constant(0)));
    },
  };
}

const isLabel = (g: GraphBuilder, labels: Value) => g.op("GreaterOrEqual", [labels, g.constant(0, "int64")]);

const placesUpTo = (g: GraphBuilder, length: number): Value =>
  g.constant(
    Array.from({ length }, (_, i) => i),
    "int64",
  );

/** Blank, label, blank, label, …, blank: `[batch, 2 labels + 1]`. */
function statesOf(g: GraphBuilder, labels: Value, blank: number): Value {
  const filled = g.where(isLabel(g, labels), labels, g.constant(blank, "int64"));
  const column = g.op("Unsqueeze", [filled, g.constant([2], "int64")]);
  const blanks = g.add(g.mul(column, 0), blank);
  const pairs = g.reshape(g.concat([blanks, column], 2), [labels.shape[0]!, 2 * Number(labels.shape[1])]);
  return g.op("Pad", [pairs, g.constant([0, 0, 0, 1], "int64"), g.constant(blank, "int64")]);
}

/** Zero where the way may come from two states before, over a blank between different labels; impossible elsewhere. */
function mayBeSkipped(g: GraphBuilder, states: Value, blank: number): Value {
  const before = shifted(g, states, 2, g.constant(blank, "int64"));
  const isSkip = g.op("Not", [g.op("Or", [g.equal(states, blank), g.equal(states, before)])]);
  return g.where(isSkip, g.constant(0), g.constant(impossible));
}

/** The columns moved by some places to the right. */
const shifted = (g: GraphBuilder, x: Value, by: number, fill: Value): Value =>
  g.op("Pad", [x, g.constant([0, by, 0, -by], "int64"), fill]);

interface Walk {
  readonly scores: Value;
  readonly lengths: Value | undefined;
  readonly states: Value;
  readonly skip: Value;
}

/** Logarithms of the probabilities to be in each state after a row's last step. */
function walk(g: GraphBuilder, { scores, lengths, states, skip }: Walk): Value {
  const steps = Number(scores.shape[1]);
  const logs = g.op("LogSoftmax", [scores], { axis: 2 });
  const wide = g.op("Expand", [
    g.op("Unsqueeze", [states, g.constant([1], "int64")]),
    g.constant([1, steps, 1], "int64"),
  ]);
  const emitted = g.transpose(g.op("GatherElements", [logs, wide], { axis: 2 }), [1, 0, 2]);
  const start = startAtFirst(g, g.gather(emitted, g.constant(0, "int64")));
  const lastColumn = lengths && g.reshape(lengths, [-1, 1]);
  const types = [start, { dtype: start.dtype, shape: start.shape }, { dtype: "int64" as const, shape: [] }];
  const body = g.body(types, (inner, [here, own, step]) => {
    const low = inner.constant(impossible);
    const ways = [here!, shifted(inner, here!, 1, low), inner.add(shifted(inner, here!, 2, low), skip)];
    const stacked = inner.concat(
      ways.map((way) => inner.op("Unsqueeze", [way, inner.constant([0], "int64")])),
      0,
    );
    const next = inner.add(logSumExp(inner, stacked, 0), own!);
    return [lastColumn ? inner.where(inner.less(step!, lastColumn), next, here!) : next];
  });
  return g.op("Scan", [start, emitted, placesUpTo(g, steps)], { body, num_scan_inputs: 2 });
}
