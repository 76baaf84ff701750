import { compileStep, type StepDefinition } from "@athanor/runtime";
import { bert } from "./bert.ts";
import { WeightSource } from "./draw-weights.ts";
import { resNet50 } from "./resnet50.ts";

/** Weights of any values: it takes as long to compile, and not as long to draw. */
class Ones extends WeightSource {
  override uniform(name: string, shape: readonly number[]): void {
    this.filled(name, shape, 0.01);
  }
  override normal(name: string, shape: readonly number[]): void {
    this.filled(name, shape, 0.01);
  }
}

const sizes = { layers: 12, width: 768, heads: 12, tokens: 128, vocabulary: 30522, classes: 2, batch: 8 };
const networks: Readonly<Record<string, () => StepDefinition>> = {
  resnet50: () => resNet50({ batch: 8, size: 224 }, new Ones(1)),
  bert: () => bert("full", { sizes, weights: () => new Ones(1) }).definition,
};

const [name, cache] = process.argv.slice(2);
const definition = networks[name!]!();
const from = performance.now();
const cpuFrom = process.cpuUsage();
await using step = await compileStep(definition, { cache });
const { user, system } = process.cpuUsage(cpuFrom);
console.log(
  JSON.stringify({
    seconds: (performance.now() - from) / 1000,
    cpuSeconds: (user + system) / 1e6,
    nodes: step.nodeCount,
    derived: step.derivedCount,
  }),
);
