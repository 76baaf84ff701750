import { type LongWork, pauses } from "@athanor/core";
import type { ItemsetSink } from "./itemset-sink.ts";

/** Where a depth-first search stands: the set that it extends, and the items that all rows of that set share. */
export class Search {
  readonly least: number;
  readonly maxLength: number;
  readonly sink: ItemsetSink;
  readonly prefix: number[] = [];
  readonly shared: number[] = [];
  readonly pause: () => Promise<void>;
  readonly onProgress: LongWork["onProgress"];

  constructor({
    least,
    sink,
    maxLength = Number.POSITIVE_INFINITY,
    signal,
    onProgress,
  }: LongWork & { readonly least: number; readonly sink: ItemsetSink; readonly maxLength?: number }) {
    this.least = least;
    this.sink = sink;
    this.maxLength = maxLength;
    this.pause = pauses({ signal });
    this.onProgress = onProgress;
  }

  /** Hands the present set over; true when what extends it is wanted too. */
  add(count: number, print: number): boolean {
    return this.sink.add(this.prefix, this.shared, count, print) && this.prefix.length < this.maxLength;
  }
}
