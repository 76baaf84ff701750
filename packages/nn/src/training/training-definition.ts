import { GraphBuilder, type Region, region } from "@athanor/onnx";
import type { StepDefinition } from "@athanor/runtime";
import type { FeedSource } from "../batch-source.ts";
import { DrawnMasks } from "../drawn-masks.ts";
import type { FitOptions } from "../fit-options.ts";
import { initialize, initializeInSlices } from "../initialize.ts";
import { lossOf } from "../loss.ts";
import { matches } from "../name-pattern.ts";
import type { Network } from "../network.ts";
import { asTargets, type Outputs } from "../outputs.ts";
import { axisLengths } from "./axis-lengths.ts";

/** Axis of all inputs that has as many places as a batch has rows. */
const batchAxis = "batch";

export type DefinitionOptions<O extends Outputs, T extends Outputs> = Pick<
  FitOptions<O, T>,
  "loss" | "optimizer" | "sparse" | "clipNorm" | "quantize" | "recompute" | "seed" | "signal"
>;

/** A network with its loss as a training step, for batches of any length, and the masks that each step draws. */
export async function trainingDefinition<O extends Outputs, T extends Outputs>(
  network: Network<O>,
  { targets }: FeedSource,
  { loss, optimizer, sparse, clipNorm, quantize, recompute, seed, signal }: DefinitionOptions<O, T>,
): Promise<{ readonly definition: StepDefinition; readonly masks: DrawnMasks }> {
  const masks = new DrawnMasks();
  const isRecomputed = recompute === undefined ? () => false : matches(recompute);
  const inputs = Object.fromEntries(
    Object.entries({ ...network.inputs, ...targets }).map(([name, { dtype, shape }]) => [
      name,
      { dtype, shape: [batchAxis, ...shape] },
    ]),
  );
  const definition: StepDefinition = {
    inputs,
    parameters: await initializeInSlices(network.parameters, seed, signal),
    buffers: initialize(network.buffers, seed),
    optimizer,
    ...(sparse === undefined ? {} : { sparse: Object.keys(network.parameters).filter(matches(sparse)) }),
    clipNorm,
    quantize,
    build(g, values) {
      const moved: Record<string, (typeof values.buffers)[string]> = {};
      const regions: Region[] = [];
      const batch = Number(Object.values(values.inputs)[0]!.shape[0]);
      const output = network.build({
        g,
        ...values,
        isTraining: true,
        batch,
        mask: masks.of(g, JSON.stringify(axisLengths(inputs, values.inputs))),
        moveBuffer: (name, value) => {
          moved[name] = value;
        },
        within(name, build) {
          if (!isRecomputed(name)) return build();
          const made = region(g, name, build);
          regions.push(made.region);
          return made.result;
        },
      });
      return {
        loss: lossOf(loss).build(g, output, asTargets(values.inputs) as T),
        buffers: moved,
        ...(regions.length > 0 ? { checkpoint: regions } : {}),
      };
    },
  };
  return { definition, masks };
}

/** The same step for batches of one length. */
export const atLength = (definition: StepDefinition, batch: number): StepDefinition => ({
  ...definition,
  inputs: Object.fromEntries(
    Object.entries(definition.inputs).map(([name, { dtype, shape }]) => [
      name,
      { dtype, shape: [batch, ...shape.slice(1)] },
    ]),
  ),
});

/** A step's graph for batches of given lengths before it is differentiated; building it declares its masks as well. */
export function forwardPass(
  { inputs, parameters, buffers = {}, build }: StepDefinition,
  lengths: Readonly<Record<string, number>>,
): GraphBuilder {
  const g = new GraphBuilder();
  const floats = (tensors: Readonly<Record<string, { readonly shape: readonly number[] }>>) =>
    Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, g.input(name, "float32", shape)]));
  const values = Object.entries(inputs).map(([name, { dtype, shape }]) => [
    name,
    g.input(
      name,
      dtype,
      shape.map((length) => (typeof length === "number" ? length : lengths[length]!)),
    ),
  ]);
  const { loss } = build(g, {
    inputs: Object.fromEntries(values),
    parameters: floats(parameters),
    buffers: floats(buffers),
  });
  g.output("loss", loss);
  return g;
}
