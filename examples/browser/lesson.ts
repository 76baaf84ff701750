import { float32 } from "athanor/core";
import { type GraphBuilder, grad, type Value } from "athanor/onnx";
import { compile, dense, openSession, openSessionCount } from "athanor/runtime";
import { fineTune, smallModel } from "./fine-tuning.ts";
import { learnSpirals, spirals } from "./spirals.ts";

/** What a page and Node both do, so that the answers can be compared. */
export async function lesson() {
  const openBefore = openSessionCount();
  const learnt = await learnSpirals();
  const tuned = await fineTune(smallModel());

  await using session = await openSession(learnt.model);
  const { output } = await session.run({ x: spirals.x });

  const cube = compile(grad((g: GraphBuilder, x: Value) => g.reduceSum(g.mul(x, g.mul(x, x)))));
  const slopes = await cube(float32([1, 2, 3]));
  await cube[Symbol.asyncDispose]();
  const { values } = await dense.nearest(float32([0, 0], [1, 2]), spirals.x, 3);

  return {
    spirals: { losses: learnt.history.map(({ loss }) => loss), model: Array.from(learnt.model) },
    tuned: { losses: tuned.losses, model: Array.from(tuned.model) },
    output: Array.from(output!.data as Float32Array),
    slopes: Array.from(slopes.data as Float32Array),
    nearest: Array.from(values.data as Float32Array),
    open: openSessionCount() - openBefore,
  };
}
