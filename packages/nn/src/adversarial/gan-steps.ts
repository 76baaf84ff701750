import type { GraphBuilder, Value } from "@athanor/onnx";
import type { StepDefinition } from "@athanor/runtime";
import { DrawnMasks } from "../drawn-masks.ts";
import { initialize } from "../initialize.ts";
import type { Network } from "../network.ts";
import type { FitGanOptions } from "./fit-gan.ts";

/** A step with what it draws. */
export interface GanStep {
  readonly definition: StepDefinition;
  readonly masks: DrawnMasks;
}

/** The generator learns to be taken for real by a discriminator whose weights are inputs. */
export function generatorStep(
  generator: Network,
  discriminator: Network,
  { optimizers, seed, batchSize }: FitGanOptions,
  noiseShape: readonly number[],
): GanStep {
  const masks = new DrawnMasks();
  const held = { ...discriminator.parameters, ...discriminator.buffers };
  const judge = Object.entries(held).map(
    ([name, { shape }]) => [`judge:${name}`, { dtype: "float32", shape }] as const,
  );
  const [input] = Object.keys(generator.inputs);
  return {
    masks,
    definition: {
      inputs: { noise: { dtype: "float32", shape: noiseShape }, ...Object.fromEntries(judge) },
      parameters: initialize(generator.parameters, seed),
      buffers: initialize(generator.buffers, seed),
      optimizer: optimizers.generator,
      build(g, { inputs, parameters, buffers }) {
        const moved: Record<string, Value> = {};
        const context = { g, isTraining: true, batch: batchSize };
        const made = generator.build({
          ...context,
          inputs: { [input!]: inputs.noise! },
          parameters,
          buffers,
          mask: (name, ...rest) => masks.of(g)(`generator.${name}`, ...rest),
          moveBuffer: (name, value) => {
            moved[name] = value;
          },
        });
        const given = (specs: object): Readonly<Record<string, Value>> =>
          Object.fromEntries(Object.keys(specs).map((name) => [name, inputs[`judge:${name}`]!]));
        const score = discriminator.build({
          ...context,
          inputs: { [Object.keys(discriminator.inputs)[0]!]: made },
          parameters: given(discriminator.parameters),
          buffers: given(discriminator.buffers),
          mask: (name, ...rest) => masks.of(g)(`discriminator.${name}`, ...rest),
          moveBuffer: () => {},
        });
        return { loss: surprise(g, score, true), buffers: moved, metrics: { made } };
      },
    },
  };
}

/** The discriminator learns to tell real rows from made ones, which are inputs both. */
export function discriminatorStep(
  discriminator: Network,
  { optimizers, seed, batchSize }: FitGanOptions,
  rowShape: readonly number[],
): GanStep {
  const masks = new DrawnMasks();
  const rows = { dtype: "float32", shape: [batchSize, ...rowShape] } as const;
  const [input] = Object.keys(discriminator.inputs);
  return {
    masks,
    definition: {
      inputs: { real: rows, made: rows },
      parameters: initialize(discriminator.parameters, seed),
      buffers: initialize(discriminator.buffers, seed),
      optimizer: optimizers.discriminator,
      build(g, { inputs, parameters, buffers }) {
        const moved: Record<string, Value> = {};
        const scoreOf = (kind: "real" | "made") =>
          discriminator.build({
            g,
            isTraining: true,
            batch: batchSize,
            inputs: { [input!]: inputs[kind]! },
            parameters,
            buffers: { ...buffers, ...moved },
            mask: (name, ...rest) => masks.of(g)(`${kind}.${name}`, ...rest),
            moveBuffer: (name, value) => {
              moved[name] = value;
            },
          });
        const loss = g.add(surprise(g, scoreOf("real"), true), surprise(g, scoreOf("made"), false));
        return { loss, buffers: moved };
      },
    },
  };
}

/** Mean of −log of the probability that a score gives to what is so. */
const surprise = (g: GraphBuilder, score: Value, isReal: boolean): Value =>
  g.reduceMean(g.op("Softplus", [isReal ? g.neg(score) : score]));
