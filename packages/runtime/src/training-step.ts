import type { DType, Tensor } from "@athanor/core";
import type { Checkpoint, GraphBuilder, QuantizeOptions, Value } from "@athanor/onnx";
import type { Closable } from "./held.ts";
import type { Optimizer } from "./optimizer.ts";

/** Graph values by name. */
export type Values = Readonly<Record<string, Value>>;
export type FloatTensors = Readonly<Record<string, Tensor<"float32">>>;

/** One input of a training step. */
export interface StepInput {
  readonly dtype: DType;
  /** An axis with a name takes its length from the batch; a graph is compiled for each length or, with buckets, for each bucket. */
  readonly shape: readonly (number | string)[];
  /** What fills a bucket after the batch's own numbers; 0 by default. */
  readonly padding?: number;
  /** Not fed: 1 where the batch has numbers of its own, 0 where it is padded. */
  readonly isMask?: boolean;
}

/** What a training step takes, changes and makes small. */
export interface StepDefinition {
  /** The batch and drawn noise. */
  readonly inputs: Readonly<Record<string, StepInput>>;
  /** Initial values of what is trained. */
  readonly parameters: FloatTensors;
  /**
   * Parameters `[rows, …]` that the graph only gathers rows of: a step changes the rows that it has read, and costs as much
   * as they do. Rows hold a multiple of four numbers.
   */
  readonly sparse?: readonly string[];
  /** State that the graph moves without a gradient, such as running statistics. */
  readonly buffers?: FloatTensors;
  build(
    g: GraphBuilder,
    values: { readonly inputs: Values; readonly parameters: Values; readonly buffers: Values },
  ): {
    readonly loss: Value;
    readonly metrics?: Values;
    readonly buffers?: Values;
    /** What the backward pass computes again instead of keeping it. */
    readonly checkpoint?: Checkpoint;
  };
  readonly optimizer: Optimizer;
  /** Scales the gradients down when their joint Euclidean norm is larger. */
  readonly clipNorm?: number | undefined;
  /** Rounds weights that the graph stores, and so does not train, to whole numbers, forward and backward; see `quantizeWeights`. */
  readonly quantize?: QuantizeOptions | undefined;
}

/** What may differ from step to step. */
export interface StepOptions {
  readonly learningRate: number;
  readonly signal?: AbortSignal | undefined;
}

/** The loss of a step, and what else the graph reported. */
export interface StepResult {
  readonly loss: number;
  readonly metrics: Readonly<Record<string, Tensor>>;
}

/** Everything that training has changed, as plain data. */
export interface StepSnapshot {
  /** How many updates there were. */
  readonly step: number;
  /** Copies by state name: parameters, `NAME.SLOT` of the optimizer, buffers. */
  readonly states: FloatTensors;
  /** How parameters lay in memory, so that a step that goes on computes the very same. */
  readonly orders?: Readonly<Record<string, readonly number[]>>;
  /** Gradients that wait for those of further batches. */
  readonly accumulated?: AccumulatedGradients;
}

/** Sums of gradients by parameter. */
export interface AccumulatedGradients {
  /** How many batches there were. */
  readonly count: number;
  /** Of a sparse parameter only the rows that `rows` names. */
  readonly gradients: FloatTensors;
  readonly rows: Readonly<Record<string, Int32Array>>;
}

/** A compiled training step: loss, gradients and updates as graphs in a worker thread, one for each combination of lengths. */
export interface TrainingStep extends Closable {
  /** Nodes of the graph that was opened last. */
  readonly nodeCount: number;
  /** Graphs that are open. */
  readonly graphCount: number;
  /** Graphs that were differentiated and rewritten; a cache had the others. */
  readonly derivedCount: number;
  run(inputs: Readonly<Record<string, Tensor>>, options: StepOptions): Promise<StepResult>;
  /** Runs several batches with one message to the worker; with a signal, one a batch, so that an abort is heard before the next. */
  runMany(batches: readonly Readonly<Record<string, Tensor>>[], options: StepOptions): Promise<readonly StepResult[]>;
  snapshot(): Promise<StepSnapshot>;
  /** @throws `runtime/snapshot` where gradients wait in it and the step waits for no further batches */
  restore(snapshot: StepSnapshot): Promise<void>;
}
