import type { DType, Tensor } from "@athanor/core";
import type { Device } from "./device/device.ts";
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

/** What a training step keeps in its worker, whatever graphs run over it. */
export interface StepPlacement {
  readonly plan: UpdatePlan;
  /** Tables that are updated by row: where their gradients come together. */
  readonly tables: readonly { readonly sums: PlainTensor; readonly touched: ArrayBufferLike }[];
  /** What a graph says the gradients are to be multiplied by, and where the kernels' numbers take it. */
  readonly scale?: { readonly tensor: PlainTensor; readonly positions: readonly number[] };
  /** Where a graph of updates reads the squares of the tables' gradients. */
  readonly squares?: PlainTensor;
}

/** What a graph reads and writes beside the batch. Of a pair, the first is for steps of even parity. */
export interface StepBinding {
  readonly feeds: {
    /** States that the graph moves. */
    readonly moved: readonly [PlainFeeds, PlainFeeds];
    /** States that it only reads, which updates move. */
    readonly held: readonly [PlainFeeds, PlainFeeds];
  };
  readonly fetches: {
    readonly moved: readonly [PlainFeeds, PlainFeeds];
    /** Where gradients go: of the first batch of an update, and of those that are added to it. */
    readonly gradients: readonly [PlainFeeds, PlainFeeds];
  };
  /** Outputs that are sent back, and the memory that they are written to. */
  readonly replies: PlainFeeds;
  /** What the graph writes for each use of each table. */
  readonly uses: readonly (readonly { readonly rows: PlainTensor; readonly gradients: PlainTensor }[])[];
}

/** One batch, and the update that follows if it is the last of several. */
export interface PlainStep {
  readonly session: number;
  readonly feeds: PlainFeeds;
  readonly parity: { readonly moved: 0 | 1; readonly held: 0 | 1 };
  readonly isFirst: boolean;
  readonly update?: {
    /** A graph of updates and what it is fed. */
    readonly graph?: { readonly session: number; readonly feeds: PlainFeeds } | undefined;
    /** The kernels' numbers. */
    readonly numbers?: Float64Array | undefined;
  };
}

/** A training step whose states stay on the device. */
export interface ResidentBinding {
  /** Initial states by graph input. */
  readonly states: PlainFeeds;
  /** By graph input: the output that becomes the next step's. */
  readonly moved: Readonly<Record<string, string>>;
  /** A graph that takes the states and gives them back under the outputs' names. */
  readonly reader: Uint8Array;
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
      /** The processor when left out. */
      device?: Device;
      /** Names of nodes that the processor is to run. */
      onHost?: readonly string[];
      /** Outputs that stay on the device. */
      resident?: readonly string[];
      /** False for a graph that holds nothing but small constants. */
      hasWeights?: boolean;
      isTraced?: boolean;
      /** Whether to give what the runtime makes of the graph. */
      givesOptimized?: boolean;
      /** Whether the bytes were given so, for a session with the same options. */
      isOptimized?: boolean;
    };
    reply: {
      session: number;
      inputs: readonly Port[];
      outputs: readonly Port[];
      /** What was asked for, unless it could not be kept. */
      optimized: Uint8Array | undefined;
    };
  };
  /** Gives what the runtime makes of a model, if that can be had, and the time that it takes to load. */
  optimize: {
    request: Requests["open"]["request"];
    reply: { optimized: Uint8Array; milliseconds: number } | undefined;
  };
  run: {
    request: { session: number; feeds: PlainFeeds; outputs: readonly string[] };
    reply: { results: PlainFeeds; milliseconds: number };
  };
  /** A worker holds the state of one training step. */
  place: { request: { placement: StepPlacement }; reply: null };
  bind: { request: { session: number; binding: StepBinding }; reply: null };
  /** Runs steps one after another. */
  steps: { request: { steps: readonly PlainStep[] }; reply: readonly PlainFeeds[] };
  /** Takes up sums of gradients that the main thread has written. */
  resumeSums: { request: null; reply: null };
  /** Puts states on the device of a session that was opened with `resident` outputs. */
  keep: { request: { session: number; binding: ResidentBinding }; reply: null };
  /** Runs steps over kept states one after another. */
  stepsKept: { request: { session: number; steps: readonly PlainFeeds[] }; reply: readonly PlainFeeds[] };
  readKept: { request: { session: number }; reply: PlainFeeds };
  writeKept: { request: { session: number; states: PlainFeeds }; reply: null };
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
