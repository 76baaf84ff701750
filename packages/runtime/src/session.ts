import type { DType, Tensor } from "@athanor/core";
import type { Closable } from "./held.ts";

/** A model's input or output; a symbolic length is a string. */
export interface Port {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly (number | string)[] | undefined;
}

/** What one run computes and what cancels it. */
export interface RunOptions {
  /** Names of the outputs to compute; all when left out. */
  readonly outputs?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** A loaded model; its runs happen in a worker thread, so that the event loop stays free. */
export interface Session extends Closable {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** @throws `runtime/input` for a missing, unknown or misshapen input, `runtime/run` when the runtime refuses, the signal's reason as soon as it aborts */
  run(feeds: Readonly<Record<string, Tensor>>, options?: RunOptions): Promise<Record<string, Tensor>>;
}
