import { float32, Random, sizeOf } from "@athanor/core";
import { type CompileStepOptions, compileStep } from "../compile-step.ts";
import type { Optimizer } from "../optimizer.ts";
import type { StepDefinition } from "../training-step.ts";

const collect = (globalThis as { gc?: () => void }).gc!;
const random = Random.from(6);
const draw = (...shape: number[]) =>
  float32(
    Float32Array.from({ length: sizeOf(shape) }, () => random.normal()),
    shape,
  );
const filled = (...shape: number[]) => float32(new Float32Array(sizeOf(shape)).fill(random.normal()), shape);
const momentum: Optimizer = {
  name: "momentum",
  slots: ({ shape }) => ({ velocity: float32(new Float32Array(sizeOf(shape)), shape) }),
  update(g, { parameter, gradient, slots, learningRate }) {
    const velocity = g.add(g.mul(slots.velocity!, 0.9), gradient);
    return { parameter: g.sub(parameter, g.mul(velocity, learningRate)), slots: { velocity } };
  },
};
const width = 64;
const definition: StepDefinition = {
  inputs: {
    x: { dtype: "float32", shape: ["batch", "tokens", width] },
    isToken: { dtype: "float32", shape: ["batch", "tokens", 1], isMask: true },
  },
  parameters: { up: draw(width, 4 * width), down: draw(4 * width, width) },
  optimizer: momentum,
  build(g, { inputs: { x, isToken }, parameters: { up, down } }) {
    const y = g.mul(g.matMul(g.tanh(g.matMul(x!, up!)), down!), isToken!);
    return { loss: g.div(g.reduceSum(g.mul(y, y)), g.reduceSum(isToken!)) };
  },
};
/** Steps after which the engine has compiled what is run often, and pools have their size; then those that are looked at. */
const [warmUp, steps] = [2000, 2000];
const [options] = process.argv.slice(2).map((text) => JSON.parse(text) as CompileStepOptions);
await using step = await compileStep(definition, { threads: 1, ...options });
/** What the process holds, but for pages that the engine keeps for objects to come: it gives them back when it likes. */
const resident = () => {
  collect();
  const { rss, heapTotal, heapUsed } = process.memoryUsage();
  return rss - heapTotal + heapUsed;
};
/** Steps before a mark in which the least is taken: what is garbage in the worker comes and goes. */
const span = 500;
const least = [Infinity, Infinity];
const derived = [0, 0];
let mostGraphs = 0;
for (let i = 1; i <= warmUp + steps; i++) {
  // The lengths of an epoch's texts: most batches are alike, some are not, and the last is smaller.
  const [batch, tokens] = [i % 10 === 0 ? 1 + random.integer(8) : 8, i % 3 === 0 ? 1 + random.integer(128) : 128];
  await step.run({ x: filled(batch, tokens, width) }, { learningRate: 1e-6 });
  mostGraphs = Math.max(mostGraphs, step.graphCount);
  for (const [k, mark] of [warmUp, warmUp + steps].entries()) {
    if (i <= mark - span || i > mark || i % 10 !== 0) continue;
    least[k] = Math.min(least[k]!, resident());
    derived[k] = step.derivedCount;
  }
}
const [early, late] = least.map((resident, k) => ({ resident, derived: derived[k] }));
process.stdout.write(JSON.stringify({ early, late, mostGraphs }));
