import { canShareMemory, isShared, type Tensor, type TensorData } from "@athanor/core";
import { type PlainFeeds, toPlain } from "./protocol.ts";
import type { SeatMemory } from "./seat-memory.ts";

/** Bytes of a tensor from which on it is placed where the worker sees it: a message would copy it twice, into fresh pages. */
const largeTensor = 2 ** 14;

/** Feeds as they are sent to a worker, and what to call once it has read them. */
export interface SeatedFeeds {
  readonly feeds: PlainFeeds;
  leave(): void;
}

/** Places large feeds in memory that the worker sees. */
export function seatFeeds(memory: SeatMemory, tensors: Readonly<Record<string, Tensor>>): SeatedFeeds {
  const large = Object.entries(tensors).filter(([, { data }]) => isLarge(data));
  if (large.length === 0) return { feeds: plainFeeds(tensors), leave: () => {} };
  const seats = memory.take(Object.fromEntries(large));
  for (const [name, { data }] of large) (seats.tensors[name]!.data as Float32Array).set(data as Float32Array);
  return { feeds: plainFeeds({ ...tensors, ...seats.tensors }), leave: () => memory.give(seats) };
}

/** Feeds as a message copies them. */
export const plainFeeds = (feeds: Readonly<Record<string, Tensor>>): PlainFeeds =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, tensor]) => [name, { ...toPlain(tensor), data: compact(tensor.data) }]),
  );

const isLarge = (data: TensorData): boolean =>
  canShareMemory && ArrayBuffer.isView(data) && !isShared(data) && data.byteLength >= largeTensor;

/** A message copies the whole buffer under a view, so that a small view of a large one is cut out first. */
function compact(data: TensorData): TensorData {
  if (!ArrayBuffer.isView(data) || isShared(data)) return data;
  return data.byteLength < data.buffer.byteLength ? (data as Float32Array).slice() : data;
}
