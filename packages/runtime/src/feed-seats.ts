import { canShareMemory, isShared, shareableBuffer, type Tensor, type TensorData } from "@athanor/core";
import type { PlainFeeds } from "./protocol.ts";

/** Bytes of a tensor from which on it is placed where the worker sees it: a message would copy it twice, into fresh pages. */
const largeTensor = 2 ** 14;
/** What every element type divides. */
const alignment = 8;

/** Feeds as they are sent to a worker, and what to call once it has read them. */
export interface Seated {
  readonly feeds: PlainFeeds;
  leave(): void;
}

/** Memory that a worker sees, for the large feeds of one session; the largest piece is kept for the next run. */
export class FeedSeats {
  #free: ArrayBufferLike | undefined;

  seat(tensors: Readonly<Record<string, Tensor>>): Seated {
    const entries = Object.entries(tensors);
    const size = entries.reduce((sum, [, { data }]) => sum + (isLarge(data) ? aligned(data.byteLength) : 0), 0);
    const memory = size > 0 ? this.#take(size) : undefined;
    let at = 0;
    const feeds = entries.map(([name, { dtype, data, shape }]) => {
      if (memory === undefined || !isLarge(data)) return [name, { dtype, data: compact(data), shape }];
      const seat = new (data.constructor as Float32ArrayConstructor)(memory, at, data.length);
      seat.set(data as Float32Array);
      at += aligned(data.byteLength);
      return [name, { dtype, data: seat, shape }];
    });
    return { feeds: Object.fromEntries(feeds), leave: () => memory && this.#keep(memory) };
  }

  #take(size: number): ArrayBufferLike {
    const free = this.#free;
    if (free === undefined || free.byteLength < size) return shareableBuffer(size);
    this.#free = undefined;
    return free;
  }

  #keep(memory: ArrayBufferLike): void {
    if (memory.byteLength > (this.#free?.byteLength ?? 0)) this.#free = memory;
  }
}

/** Feeds as a message copies them. */
export const plainFeeds = (feeds: Readonly<Record<string, Tensor>>): PlainFeeds =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, { dtype, data, shape }]) => [name, { dtype, data: compact(data), shape }]),
  );

const isLarge = (data: TensorData): data is Exclude<TensorData, readonly string[]> =>
  canShareMemory && ArrayBuffer.isView(data) && !isShared(data) && data.byteLength >= largeTensor;

const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

/** A message copies the whole buffer under a view, so that a small view of a large one is cut out first. */
function compact(data: TensorData): TensorData {
  if (!ArrayBuffer.isView(data) || isShared(data)) return data;
  return data.byteLength < data.buffer.byteLength ? (data as Float32Array).slice() : data;
}
