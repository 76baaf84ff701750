import { AthanorError, float64 } from "@athanor/core";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

interface Given {
  readonly activations: readonly string[] | undefined;
  readonly clip: number | undefined;
  readonly direction: string;
  readonly hidden_size: number;
  readonly input_forget: number;
  readonly layout: number;
}

/** A plain LSTM written out step by step: `[steps, batch, features]` → Y, Y_h, Y_c. */
export function lstmByStep(
  g: GraphBuilder,
  [x, w, r, bias, lengths, h0, c0, peepholes]: readonly (Value | undefined)[],
  { activations, clip, direction, hidden_size: hidden, input_forget: coupled, layout }: Given,
): readonly [Value, Value, Value] {
  if (activations || clip !== undefined || coupled || layout || lengths || peepholes)
    throw new AthanorError("onnx/shape", "LSTM in double precision: expected a plain one, got another form");
  const [steps, batch] = x!.shape as readonly [number, number];
  const at = (value: Value, i: number) => g.gather(value, g.constant(i, "int64"));
  const first = g.constant([0], "int64");
  const stacked = (values: readonly Value[]) =>
    g.concat(
      values.map((value) => g.op("Unsqueeze", [value, first])),
      0,
    );
  const parts = (value: Value, axis: number, count: number) =>
    g.ops("Split", [value], { axis, num_outputs: count }, { outputs: count });
  const ways = Array.from({ length: w!.shape[0] as number }, (_, way) => {
    const [input, recurrent] = [w!, r!].map((weights) => g.transpose(at(weights, way), [1, 0]));
    let gates = g.matMul(x!, input!);
    if (bias) for (const half of parts(at(bias, way), 0, 2)) gates = g.add(gates, half);
    const zeros = float64(new Float64Array(batch * hidden), [batch, hidden]);
    let [h, c] = [h0, c0].map((state) => (state ? at(state, way) : g.constant(zeros))) as [Value, Value];
    const isBack = direction === "reverse" || way === 1;
    const seen: Value[] = [];
    for (let i = 0; i < steps; i++) {
      const step = isBack ? steps - 1 - i : i;
      const sums = g.add(at(gates, step), g.matMul(h, recurrent!));
      const [ai, ao, af, ac] = parts(sums, 1, 4);
      c = g.add(g.mul(g.sigmoid(af!), c), g.mul(g.sigmoid(ai!), g.tanh(ac!)));
      h = g.mul(g.sigmoid(ao!), g.tanh(c));
      seen[step] = h;
    }
    return { all: stacked(seen), h, c };
  });
  const all = g.transpose(stacked(ways.map((way) => way.all)), [1, 0, 2, 3]);
  return [all, stacked(ways.map(({ h }) => h)), stacked(ways.map(({ c }) => c))];
}
