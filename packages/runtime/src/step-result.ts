import { Tensor } from "@athanor/core";
import type { PlainFeeds } from "./protocol.ts";
import { outputs } from "./step-names.ts";
import type { StepResult } from "./training-step.ts";

/** Loss and metrics of a step from what its graph has put out. */
export const resultOf = (answer: PlainFeeds): StepResult => ({
  loss: Number((answer[outputs.loss]!.data as Float32Array)[0]),
  metrics: Object.fromEntries(
    Object.entries(answer)
      .filter(([name]) => name !== outputs.loss)
      .map(([name, { dtype, data, shape }]) => [
        name.slice(outputs.metric("").length),
        new Tensor(dtype, data as never, shape),
      ]),
  ),
});
