import type { DType } from "@athanor/core";
import type { Port } from "./session.ts";

/** A tensor as it crosses between threads; shared arrays cross without a copy. */
export interface PlainTensor {
  readonly dtype: DType;
  readonly data: unknown;
  readonly shape: readonly number[];
}

export type PlainFeeds = Readonly<Record<string, PlainTensor>>;

/** What a training step keeps in its worker: shared buffers in two versions, read from one and written to the other. */
export interface StepBuffers {
  /** Graph input (and, with a trailing `'`, output) name to its two versions. */
  readonly states: readonly { readonly name: string; readonly versions: readonly [PlainTensor, PlainTensor] }[];
  readonly loss: string;
  readonly metrics: readonly string[];
}

export interface Requests {
  open: {
    request: { bytes: Uint8Array; threads: number; isTraining: boolean; isDouble?: boolean };
    reply: { session: number; inputs: readonly Port[]; outputs: readonly Port[] };
  };
  run: { request: { session: number; feeds: PlainFeeds; outputs: readonly string[] }; reply: PlainFeeds };
  bind: { request: { session: number; buffers: StepBuffers }; reply: null };
  /** Runs steps one after another; `parity` says which version the first one reads. */
  steps: { request: { session: number; parity: 0 | 1; batches: readonly PlainFeeds[] }; reply: readonly PlainFeeds[] };
  close: { request: { session: number }; reply: null };
}

export type Kind = keyof Requests;

export interface Envelope {
  readonly id: number;
  readonly kind: Kind;
  readonly body: unknown;
}

export type Answer = { readonly id: number } & ({ readonly reply: unknown } | { readonly error: string });
