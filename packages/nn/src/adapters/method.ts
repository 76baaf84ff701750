import type { Tensor } from "@athanor/core";
import type { Model } from "@athanor/onnx";

/** A model made ready for training, and what training changes in it. */
export interface Adapted {
  readonly model: Model;
  /** Names of the stored weights that are trained. */
  readonly trains: readonly string[];
}

/** How much of a pretrained model is trained, and what is put into it for that. */
export interface Method {
  readonly name: string;
  /** Plain options, for records and hashes. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Changes a model at the working version of the standard; new weights are drawn from the seed. */
  apply(model: Model, seed: number): Adapted;
}

export type Weights = Readonly<Record<string, Tensor<"float32">>>;
