import { checkOp, type OpSample } from "../testing/check-op.ts";
import { type Recurrence, recurrence } from "../testing/recurrence.ts";
import { lstm } from "./lstm.ts";

const [steps, batch, features, hidden] = [3, 2, 3, 2];
const range = [-1, 1] as const;

/** Inputs of as many directions as named; `more` are the optional ones after the bias. */
const sample = (
  title: string,
  options: Recurrence,
  attributes = {},
  more: OpSample["inputs"] = [],
  count = 1,
): OpSample => ({
  title,
  inputs: [
    { shape: [steps, batch, features], range },
    { shape: [count, 4 * hidden, features], range },
    { shape: [count, 4 * hidden, hidden], range },
    { shape: [count, 8 * hidden], range },
    ...more,
  ],
  attributes: { hidden_size: hidden, ...attributes },
  outputs: 3,
  reference: recurrence("LSTM", options),
});
const state = (count = 1) => ({ shape: [count, batch, hidden], range });
const lengths = { shape: [batch], dtype: "int32" as const, values: [3, 1] };

checkOp(lstm, [
  sample("forward", {}),
  sample("reverse", { direction: "reverse" }, { direction: "reverse" }),
  sample("both directions from given states", {}, { direction: "bidirectional" }, [undefined, state(2), state(2)], 2),
  sample("peepholes", {}, {}, [undefined, state(), state(), { shape: [1, 3 * hidden], range }]),
  sample("sequences that end earlier", { lengths: [3, 1] }, {}, [lengths, state(), state()]),
  sample("sequences that end earlier, backwards", { lengths: [3, 1], direction: "reverse" }, { direction: "reverse" }, [
    lengths,
    state(),
    state(),
  ]),
  sample("a clip", { clip: 0.6 }, { clip: 0.6 }),
  sample("coupled gates", { isCoupled: true }, { input_forget: 1 }),
  {
    ...sample("other activations", {
      activations: [
        (x) => Math.min(Math.max(0.3 * x + 0.4, 0), 1),
        (x) => x / (1 + Math.abs(x)),
        (x) => 1.5 * Math.tanh(0.5 * x),
      ],
    }),
    attributes: {
      hidden_size: hidden,
      activations: ["HardSigmoid", "Softsign", "ScaledTanh"],
      activation_alpha: [0.3, 1.5],
      activation_beta: [0.4, 0.5],
    },
  },
  { ...sample("the last state", { read: "h" }, {}, [undefined, state(), state()]), lossOf: [1] },
  { ...sample("the last cell", { read: "c", lengths: [3, 1] }, {}, [lengths, state(), state()]), lossOf: [2] },
]);
