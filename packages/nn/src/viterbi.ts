import type { GraphBuilder, Value } from "@athanor/onnx";
import { lengthOf } from "./define-layer.ts";
import { startAtFirst } from "./log-space.ts";
import { places } from "./places.ts";

/**
 * The path whose steps have the greatest sum: steps `[batch, steps, tag before, tag]` as of `tagTransitions`, of which the first
 * is from tag 0; tags int64 `[batch, steps]`. With lengths, int64 `[batch]`, places after a row's end are −1.
 *
 * @see Viterbi 1967, https://doi.org/10.1109/TIT.1967.1054010
 */
export function viterbi(g: GraphBuilder, steps: Value, lengths?: Value): Value {
  const tags = lengthOf(steps.shape, 3);
  const ends = lengths && g.reshape(lengths, [-1, 1]);
  const at = places(g, steps, 1);
  const inTime = g.transpose(steps, [1, 0, 2, 3]);
  const first = g.constant(0, "int64");
  const start = startAtFirst(g, g.gather(g.gather(inTime, first), first, 1));
  const place = { dtype: "int64" as const, shape: [] };

  const forward = g.body(
    [start, { dtype: steps.dtype, shape: inTime.shape.slice(1) }, place],
    (inner, [here, step, now]) => {
      const ways = inner.add(inner.op("Unsqueeze", [here!, inner.constant([2], "int64")]), step!);
      const [best, from] = [inner.reduceMax(ways, [1]), inner.op("ArgMax", [ways], { axis: 1, keepdims: 0 })];
      if (ends === undefined) return [best, from];
      const isReal = inner.less(now!, ends);
      return [inner.where(isReal, best, here!), inner.where(isReal, from, inner.constant(range(tags), "int64"))];
    },
  );
  const [last, from] = g.ops("Scan", [start, inTime, at], { body: forward, num_scan_inputs: 2 }, { outputs: 2 });

  const final = g.op("ArgMax", [last], { axis: 1, keepdims: 1 });
  const backward = g.body([final, { dtype: "int64", shape: from!.shape.slice(1) }], (inner, [tag, before]) => [
    inner.op("GatherElements", [before!, tag!], { axis: 1 }),
    inner.identity(tag!),
  ]);
  const reversed = { scan_input_directions: [1], scan_output_directions: [1] };
  const [, path] = g.ops("Scan", [final, from], { body: backward, num_scan_inputs: 1, ...reversed }, { outputs: 2 });
  const found = g.transpose(g.op("Squeeze", [path, g.constant([2], "int64")]));
  return ends ? g.where(g.less(at, ends), found, g.constant(-1, "int64")) : found;
}

const range = (length: number): number[] => Array.from({ length }, (_, i) => i);
