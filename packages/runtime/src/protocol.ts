import type { DType, Tensor } from "@athanor/core";
import type { Port } from "./session.ts";
import type { UpdatePlan } from "./update/shared-update.ts";

/** A tensor as it crosses between threads; shared arrays cross without a copy. */
export interface PlainTensor {
  readonly dtype: DType;
  readonly data: unknown;
  readonly shape: readonly number[];
}

export const toPlain = ({ dtype, data, shape }: Tensor): PlainTensor => ({ dtype, data, shape });

export type PlainFeeds = Readonly<Record<string, PlainTensor>>;

/** What a training step keeps in its worker; the first of a pair is for steps of even parity. */
export interface StepBinding {
  /** States by graph input. */
  readonly feeds: readonly [PlainFeeds, PlainFeeds];
  /** Where states and gradients are written, by graph output. */
  readonly fetches: readonly [PlainFeeds, PlainFeeds];
  /** Outputs that are sent back, and the memory that they are written to. */
  readonly replies: PlainFeeds;
  /** What the kernels update after the graph has run. */
  readonly update?: {
    readonly plan: UpdatePlan;
    readonly scale?: GradientScale;
    readonly tables: readonly PlainTable[];
  };
}

/** What the graph says the gradients are to be multiplied by, and where the kernels' numbers take it. */
export interface GradientScale {
  readonly output: string;
  readonly tensor: PlainTensor;
  readonly positions: readonly number[];
}

/** A table that is updated by row: what the graph writes for each use, and where that comes together. */
export interface PlainTable {
  readonly uses: readonly { readonly rows: PlainTensor; readonly gradients: PlainTensor }[];
  readonly sums: PlainTensor;
  readonly touched: ArrayBufferLike;
}

export interface PlainStep {
  readonly feeds: PlainFeeds;
  /** The kernels' numbers. */
  readonly numbers?: Float64Array | undefined;
}

export interface Requests {
  open: {
    request: {
      bytes: Uint8Array;
      threads: number;
      isTraining: boolean;
      /** Whether its runs are steps that `bind` prepares. */
      isBound?: boolean;
      isDouble?: boolean;
      isTraced?: boolean;
    };
    reply: { session: number; inputs: readonly Port[]; outputs: readonly Port[] };
  };
  run: { request: { session: number; feeds: PlainFeeds; outputs: readonly string[] }; reply: PlainFeeds };
  bind: { request: { session: number; binding: StepBinding }; reply: null };
  /** Runs steps one after another; `parity` says which version the first one reads. */
  steps: { request: { session: number; parity: 0 | 1; steps: readonly PlainStep[] }; reply: readonly PlainFeeds[] };
  /** Gives the profile of a session that was opened to be traced. */
  endTrace: { request: { session: number }; reply: string };
  close: { request: { session: number }; reply: null };
}

export type Kind = keyof Requests;

export interface Envelope {
  readonly id: number;
  readonly kind: Kind;
  readonly body: unknown;
}

export type Answer = { readonly id: number } & ({ readonly reply: unknown } | { readonly error: string });
