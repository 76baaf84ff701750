import type { LongWork } from "@athanor/core";
import type { GraphBuilder, QuantizeOptions, Value } from "@athanor/onnx";
import type { DeviceChoice, Optimizer } from "@athanor/runtime";
import type { BatchSource, Rows } from "./batch-source.ts";
import type { FloatTensors } from "./initialize.ts";
import type { Loss } from "./loss.ts";
import type { NamePattern } from "./name-pattern.ts";
import type { Network } from "./network.ts";
import type { Outputs, TensorsOf } from "./outputs.ts";
import type { Sampler } from "./sampler.ts";
import type { Schedule } from "./schedule.ts";
import type { Standing } from "./training/standing.ts";

/** A figure from the network's outputs and the targets of all validation rows. */
export type Metric<O extends Outputs = Value, T extends Outputs = Value> = (
  output: TensorsOf<O>,
  target: TensorsOf<T>,
) => number;

/** What is made of a network's output, and figures from that. */
export interface Decoded<O extends Outputs = Value, T extends Outputs = Value> {
  build(g: GraphBuilder, output: O, inputs: Readonly<Record<string, Value>>): Value;
  readonly metrics: Readonly<Record<string, Metric<Value, T>>>;
}

/** How a network is trained. */
export interface FitOptions<O extends Outputs = Value, T extends Outputs = Value> extends LongWork {
  /** What training makes small; a function over graph values will do. */
  readonly loss: Loss<O, T> | Loss<O, T>["build"];
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** In which order rows come, or which of them; `shuffled()` by default. */
  readonly sampler?: Sampler;
  /**
   * Leaves the rows out that fill no batch. By default they are a smaller batch, unless that is one row, or the network
   * normalises over the batch.
   */
  readonly dropLast?: boolean;
  /** How many batches come together to one update; 1 by default. */
  readonly accumulate?: number;
  /** A folder that keeps compiled steps for the next training; see `compileStep`. */
  readonly cache?: string | undefined;
  readonly schedule?: Schedule;
  readonly clipNorm?: number;
  /** Tables that change by row: a step costs as much as the rows that its batch reads. */
  readonly sparse?: NamePattern;
  /** Rounds weights that the network holds beside its parameters, such as those of a frozen model, to whole numbers. */
  readonly quantize?: QuantizeOptions | undefined;
  /** Names of layers, with `*` for anything, whose values the backward pass computes again instead of keeping them. */
  readonly recompute?: NamePattern;
  readonly validation?: Rows<T> | BatchSource<T>;
  readonly metrics?: Readonly<Record<string, Metric<O, T>>>;
  /** Measures what is made of the output instead, such as the best path through its scores. */
  readonly decoded?: Decoded<O, T>;
  /** What early stopping watches: `loss` or a metric, and which way is better. */
  readonly watch?: { readonly metric: string; readonly better: "higher" | "lower" };
  /** Epochs without a better validation before training stops; the best weights are kept. */
  readonly patience?: number;
  readonly seed: number;
  /** Called at evenly spaced steps, some two hundred in all, for curves to watch. */
  readonly onStep?: (report: StepReport) => void;
  /** Called for each epoch, those of a resumed checkpoint first. */
  readonly onEpoch?: (report: EpochReport) => void;
  /** Called with a whole checkpoint after each epoch, and with what it is worth among those before. */
  readonly onCheckpoint?: (bytes: Uint8Array, standing: Standing) => Promise<void>;
  /** How many checkpoints of the best epochs to keep beside the last; the others are named as outdated. */
  readonly keep?: { readonly best: number };
  /** A checkpoint to go on from; one of another training is ignored. */
  readonly resumeFrom?: Uint8Array | undefined;
  /** One batch of training and one of validation, all else as always: finds in seconds what would fail after hours. */
  readonly fastDevRun?: boolean;
  /** Trains on so many batches only, the same in each epoch: a network that cannot learn them by heart has a fault. */
  readonly overfitBatches?: number;
  readonly threads?: number;
  /** What runs the training steps; the processor by default. */
  readonly device?: DeviceChoice;
}

/** Where training is at a step, counted from 1 over all epochs. */
export interface StepReport {
  readonly step: number;
  readonly loss: number;
  readonly learningRate: number;
}

/** What one pass over the rows came to. */
export interface EpochReport {
  readonly epoch: number;
  readonly loss: number;
  readonly learningRate: number;
  readonly validation?: Readonly<Record<string, number>>;
  readonly speed: Speed;
}

/** How fast an epoch's steps were; measured, so that no two trainings report the same. */
export interface Speed {
  readonly rowsPerSecond: number;
  readonly stepsPerSecond: number;
  /** The most memory that the process has held so far, where the platform tells. */
  readonly peakMemoryBytes?: number | undefined;
}

/** A trained network with its history. */
export interface Fitted<O extends Outputs = Value> {
  readonly network: Network<O>;
  /** Parameters and buffers by name: of the best epoch with validation, of the last without. */
  readonly weights: FloatTensors;
  readonly history: readonly EpochReport[];
  readonly bestEpoch: number;
}
