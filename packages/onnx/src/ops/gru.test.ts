import { checkOp, type OpSample } from "../testing/check-op.ts";
import { type Recurrence, recurrence } from "../testing/recurrence.ts";
import { gru } from "./gru.ts";

const [steps, batch, features, hidden] = [3, 2, 3, 2];
const range = [-1, 1] as const;

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
    { shape: [count, 3 * hidden, features], range },
    { shape: [count, 3 * hidden, hidden], range },
    { shape: [count, 6 * hidden], range },
    ...more,
  ],
  attributes: { hidden_size: hidden, ...attributes },
  outputs: 2,
  reference: recurrence("GRU", options),
});
const state = (count = 1) => ({ shape: [count, batch, hidden], range });
const lengths = { shape: [batch], dtype: "int32" as const, values: [1, 3] };
const late = { linear_before_reset: 1 };

checkOp(gru, [
  sample("forward", {}),
  sample("reset after the product", { resetsLate: true }, late),
  sample("reverse", { direction: "reverse" }, { direction: "reverse" }, [undefined, state()]),
  sample("both directions", {}, { direction: "bidirectional" }, [undefined, state(2)], 2),
  sample(
    "both directions, reset late",
    { resetsLate: true },
    { ...late, direction: "bidirectional" },
    [undefined, state(2)],
    2,
  ),
  sample("sequences that end earlier", { lengths: [1, 3] }, {}, [lengths, state()]),
  sample(
    "sequences that end earlier, backwards",
    { lengths: [1, 3], direction: "reverse", resetsLate: true },
    { ...late, direction: "reverse" },
    [lengths, state()],
  ),
  sample("a clip", { clip: 0.6 }, { clip: 0.6 }),
  { ...sample("the last state", { read: "h" }, {}, [undefined, state()]), lossOf: [1] },
]);
