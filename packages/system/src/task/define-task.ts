import type { LongWork, OptionInput, OptionSpec, OptionValues } from "@athanor/core";
import type { Table } from "@athanor/data";
import type { Model as OnnxModel } from "@athanor/onnx";
import type { Session } from "@athanor/runtime";
import type { ConfusionMatrix, Curve, RocCurve } from "./evaluation.ts";
import type { ImageSet } from "./image-set.ts";
import type { ModelCard } from "./model-card.ts";
import type { SoundSet } from "./sound-set.ts";

/** What a task sees while it works. */
export interface TaskContext<S extends OptionSpec> extends LongWork {
  readonly name: string;
  readonly options: OptionValues<S>;
  readonly seed: number;
  table(source: string): Promise<Table>;
  images(source: string): Promise<ImageSet>;
  readonly sounds?: (source: string) => Promise<SoundSet>;
}

export interface TrainContext<S extends OptionSpec> extends TaskContext<S> {
  /** Appends a point to each named live curve; cheap, since points are written together. */
  log(step: number, figures: Readonly<Record<string, number>>): void;
  /** Where an interrupted training left off; both are bound to this step and its inputs. */
  readonly checkpoint: { load(): Promise<Uint8Array | undefined>; save(bytes: Uint8Array): Promise<void> };
  /** A folder for compiled training steps. */
  readonly cache?: string;
}

export interface Candidate {
  readonly name: string;
  readonly metrics: Readonly<Record<string, number>>;
}

export interface Trained {
  /** A whole ONNX file: raw values in, predictions out. */
  readonly model: Uint8Array;
  readonly card: ModelCard;
  readonly candidates: readonly Candidate[];
  readonly curves: readonly Curve[];
  readonly importances?: readonly { readonly name: string; readonly value: number }[];
}

/** How a model did on rows it has not seen. */
export interface Evaluation {
  readonly metrics: Readonly<Record<string, number>>;
  readonly confusion?: ConfusionMatrix;
  readonly roc?: readonly RocCurve[];
}

/** A row to predict for, by column. */
export type Row = Readonly<Record<string, unknown>>;

export interface Model {
  readonly session: Session;
  readonly card: ModelCard;
  /** What the file holds beside its graph, by key. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface TaskDefinition<S extends OptionSpec = OptionSpec> {
  /** The file's name: `tabular-classification`. */
  readonly name: string;
  readonly summary: string;
  readonly options: S;
  /** The sources that the options name, for the step graph. */
  reads(options: OptionValues<S>): readonly string[];
  train(context: TrainContext<S>): Promise<Trained>;
  evaluate(context: TaskContext<S>, model: Model): Promise<Evaluation>;
  /** Replaces the generic prediction where a row needs more than one run of the model. */
  readonly predict?: (model: Model, rows: readonly Row[], work: LongWork) => Promise<readonly Row[]>;
  /**
   * What transformers.js wants to find in a folder, by path. The model is `onnx/model.onnx` there: as it is, unless it is among
   * these with the inputs and outputs that are expected.
   */
  readonly files?: (card: ModelCard, model: OnnxModel) => Readonly<Record<string, string | Uint8Array>>;
}

/** A task as a configuration names it: which definition, with which options. */
export interface TaskDeclaration {
  readonly kind: "task";
  readonly task: TaskDefinition;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Makes a task's factory: calling it with options declares the task in a configuration. */
export function defineTask<const S extends OptionSpec>(definition: TaskDefinition<S>) {
  const declare = (options: OptionInput<S>): TaskDeclaration => ({
    kind: "task",
    task: definition as unknown as TaskDefinition,
    options: options as Readonly<Record<string, unknown>>,
  });
  return Object.assign(declare, { definition });
}
