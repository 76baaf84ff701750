import { contentHash } from "@athanor/core";
import { GraphBuilder, type Model, writeModel } from "@athanor/onnx";
import type { Optimizer, StepDefinition } from "@athanor/runtime";
import type { FitOptions } from "../fit-options.ts";
import type { Network } from "../network.ts";
import type { Outputs } from "../outputs.ts";
import { shuffled } from "../samplers/shuffled.ts";
import { constant } from "../schedules/constant.ts";

/** What a training is, beside the contents of its data: a checkpoint serves only the one that it was taken of. */
export interface Training<O extends Outputs, T extends Outputs> {
  readonly network: Network<O>;
  /** The graph of a batch, which holds what options of layers and of the loss come to. */
  readonly forward: GraphBuilder;
  readonly definition: StepDefinition;
  readonly options: FitOptions<O, T>;
  readonly count: number;
  readonly lengths: readonly number[];
  readonly stepsPerEpoch: number;
}

/** A hash of all that decides what the weights become: graph, first values, what the optimizer and the schedule do, and the order of rows. */
export function trainingIdentity<O extends Outputs, T extends Outputs>(training: Training<O, T>): string {
  const { network, forward, definition, options, count, lengths, stepsPerEpoch } = training;
  const {
    learningRate,
    epochs,
    accumulate = 1,
    sparse,
    clipNorm,
    quantize,
    sampler = shuffled(),
    overfitBatches,
    watch,
    seed,
  } = options;
  const steps = epochs * stepsPerEpoch;
  const schedule = options.schedule ?? constant();
  const places = Array.from({ length: 32 }, (_, i) => Math.floor((i * steps) / 32));
  return contentHash({
    name: network.name,
    parameters: network.parameters,
    graph: withoutWeights(forward.build()),
    updates: Object.entries(definition.parameters).map(([name, { shape }]) =>
      updateOf(definition.optimizer, name, shape),
    ),
    rates: places.map((step) => learningRate * schedule(step, steps)),
    data: { count, lengths, stepsPerEpoch, sampler },
    options: { epochs, accumulate, sparse, clipNorm, quantize, overfitBatches, watch, seed },
  });
}

/** What an optimizer does to one parameter, with what its options come to. */
function updateOf(optimizer: Optimizer, name: string, shape: readonly number[]): Uint8Array {
  const g = new GraphBuilder();
  const scalar = (label: string) => g.input(label, "float32", []);
  const slots = Object.entries(optimizer.slots({ name, shape })).map(([slot, tensor]) => [
    slot,
    g.input(`slot:${slot}`, "float32", tensor.shape),
  ]);
  const next = optimizer.update(g, {
    name,
    parameter: g.input("parameter", "float32", shape),
    gradient: g.input("gradient", "float32", shape),
    slots: Object.fromEntries(slots),
    learningRate: scalar("rate"),
    step: scalar("step"),
  });
  g.output("next", next.parameter);
  for (const [slot, value] of Object.entries(next.slots)) g.output(`next:${slot}`, value);
  return writeModel(g.build());
}

/** Constants from which on a tensor counts as a weight: by its shape, for reading all of a frozen model would take long. */
const weightLength = 2 ** 16;

function withoutWeights(model: Model) {
  const stored = [...model.graph.initializers];
  const isWeight = ({ shape }: { readonly shape: readonly number[] }) =>
    shape.reduce((a, b) => a * b, 1) >= weightLength;
  return {
    graph: writeModel({
      ...model,
      graph: { ...model.graph, initializers: new Map(stored.filter(([, each]) => !isWeight(each))) },
    }),
    weights: stored.filter(([, each]) => isWeight(each)).map(([name, { dtype, shape }]) => [name, dtype, shape]),
  };
}
