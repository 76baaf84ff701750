import { float32 } from "@athanor/core";
import { compileStep, type Optimizer } from "@athanor/runtime";

/** Where parameters of length one are after steps at rate 1 under slopes that stay the same, from 1 each; slots beside them. */
export async function slide(
  optimizer: Optimizer,
  slopes: Readonly<Record<string, number>>,
  steps: number,
): Promise<Record<string, number>> {
  const names = Object.keys(slopes);
  await using step = await compileStep(
    {
      inputs: {},
      parameters: Object.fromEntries(names.map((name) => [name, float32([1])])),
      optimizer,
      build: (g, { parameters }) => ({
        loss: names
          .map((name) => g.reduceSum(g.mul(parameters[name]!, slopes[name]!)))
          .reduce((total, each) => g.add(total, each)),
      }),
    },
    { threads: 1 },
  );
  for (let i = 0; i < steps; i++) await step.run({}, { learningRate: 1 });
  const { states } = step.snapshot();
  return Object.fromEntries(Object.entries(states).map(([name, { data }]) => [name, data[0]!]));
}
