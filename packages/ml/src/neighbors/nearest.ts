import type { Matrix } from "../matrix.ts";
import { blockSize, CompareSpace, packRows, paddedTo, rowsAtOnce } from "./compare-space.ts";
import { comparisons, distancesOf, type NeighborMetric } from "./distance.ts";
import { NearestLists } from "./nearest-lists.ts";
import { keysOf, keyWidth, mostWhole, narrowSketch, type Sketch, slackOf, wholeSketch } from "./sketch.ts";

/** The nearest stored samples of each row asked for, nearest first. */
export interface Nearest {
  /** `[samples, k]` */
  readonly rows: Int32Array;
  /** `[samples, k]` */
  readonly distances: Float64Array;
}

/** Stored samples with what a search reads besides them; plain data. */
export interface SampleIndex {
  readonly metric: NeighborMetric;
  readonly features: number;
  /** `[stored, features]` */
  readonly samples: Float32Array;
  readonly sketch: Sketch;
  /** Keys of the stored samples along the sketch's axes, in blocks; empty when samples stand for themselves. */
  readonly packed: Float32Array;
}

/** Stored samples below which a sketch is not worth its time. */
const fewStored = 4096;
/** Rows below which the stored samples are compared one by one, since packing them takes as long. */
const fewRows = 8;
/** Bytes of packed keys that stay in the cache while all rows are compared with them. */
const chunkBytes = 2 ** 19;
const tile = 32;
/** Rows that ask at once, so that their keys fit into the kernel's memory. */
const mostRows = 16_384;
/** Share of the stored samples that a sketch may leave to compare before it is given up. */
const worthwhile = 1 / 32;

/** Makes samples searchable. */
export function indexSamples({ data, shape }: Matrix, metric: NeighborMetric = "euclidean"): SampleIndex {
  const [stored, features] = shape as [number, number];
  const samples = data.slice();
  const whole = {
    metric,
    features,
    samples,
    sketch: wholeSketch(samples, features, metric),
    packed: new Float32Array(),
  };
  if (metric === "manhattan" || stored < fewStored || features < mostWhole) return whole;
  const sketch = narrowSketch(samples, features, metric);
  const width = keyWidth(sketch, features, metric);
  const packed = new Float32Array(paddedTo(blockSize, stored) * width);
  for (let start = 0; start < stored; start += fewStored) {
    const part = samples.subarray(start * features, (start + fewStored) * features);
    const { values } = keysOf(part, features, sketch, metric, true);
    packRows(values, width, packed.subarray(start * width, (start + fewStored) * width));
  }
  const narrow = { ...whole, sketch, packed };
  const asked = 2 * fewRows;
  const probe = new Float32Array(asked * features);
  for (let i = 0; i < asked; i++) {
    const row = Math.floor((i * stored) / asked);
    probe.set(samples.subarray(row * features, (row + 1) * features), i * features);
  }
  const { compared } = search(probe, narrow, fewRows);
  return compared <= worthwhile * asked * stored ? narrow : whole;
}

/** Finds the nearest of all stored samples, exactly; of equally near ones, that stored first. */
export function nearest(x: Matrix, index: SampleIndex, k: number): Nearest {
  const [samples, features] = x.shape as [number, number];
  const rows = new Int32Array(samples * k);
  const distances = new Float64Array(samples * k);
  for (let start = 0; start < samples; start += mostRows) {
    const asked = x.data.subarray(start * features, (start + mostRows) * features);
    const { lists } = search(asked, index, k);
    rows.set(lists.rows, start * k);
    distances.set(lists.values, start * k);
  }
  return { rows, distances: distancesOf(index.metric, distances) };
}

/** Samples found, and how many had to be compared in full. */
interface Found {
  readonly lists: NearestLists;
  readonly compared: number;
}

function search(asked: Float32Array, index: SampleIndex, k: number): Found {
  const count = asked.length / index.features;
  const lists = new NearestLists(count, k);
  return index.packed.length === 0 && count < fewRows ? scan(asked, index, lists) : sift(asked, index, lists);
}

function scan(asked: Float32Array, { metric, features, samples }: SampleIndex, lists: NearestLists): Found {
  const compare = comparisons[metric];
  const stored = samples.length / features;
  for (let row = 0; row < lists.count; row++)
    for (let other = 0; other < stored; other++)
      lists.offer(row, other, compare(asked, row * features, samples, other * features, features));
  return { lists, compared: lists.count * stored };
}

/** Compares keys in single precision, and in full only samples that these do not rule out. */
function sift(asked: Float32Array, index: SampleIndex, lists: NearestLists): Found {
  const { metric, features, samples, sketch, packed } = index;
  const { count, k } = lists;
  const compare = comparisons[metric];
  const stored = samples.length / features;
  const width = keyWidth(sketch, features, metric);
  const rowsOfChunk = Math.max(tile, blockSize * Math.floor(chunkBytes / (4 * width * blockSize)));
  const { values, offsets } = keysOf(asked, features, sketch, metric, false);
  const space = new CompareSpace();
  space.clear(4 * ((count + tile) * width + rowsOfChunk * (width + tile + 1)));
  const keys = space.floats((count + tile) * width);
  keys.set(values);
  const chunk = space.floats(rowsOfChunk * width);
  const bounds = space.floats(rowsOfChunk * tile);
  const places = space.wholes(rowsOfChunk);
  const compareAll = metric === "manhattan" ? space.kernel.differences : space.kernel.products;
  const slack = slackOf(sketch, features);
  const limitOf = (row: number) => {
    const worst = lists.worst(row);
    if (metric === "manhattan") return worst / (1 - slack);
    const limit = worst - offsets[row]!;
    // Rounded up to single precision.
    return limit + 2 ** -22 * (Math.abs(limit) + offsets[row]!);
  };
  let compared = 0;
  const best = new NearestLists(1, 2 * k);

  for (let from = 0; from < stored; from += rowsOfChunk) {
    const size = Math.min(rowsOfChunk, stored - from);
    const wide = paddedTo(blockSize, size);
    if (packed.length > 0) chunk.set(packed.subarray(from * width, (from + wide) * width));
    else {
      const part = samples.subarray(from * features, (from + size) * features);
      packRows(keysOf(part, features, sketch, metric, true).values, width, chunk.subarray(0, wide * width));
    }
    for (let start = 0; start < count; start += tile) {
      const end = Math.min(count, start + tile);
      for (let row = start; row < end; row += rowsAtOnce)
        compareAll(
          keys.byteOffset + 4 * row * width,
          width,
          chunk.byteOffset,
          wide / blockSize,
          bounds.byteOffset + 4 * (row - start) * rowsOfChunk,
          4 * rowsOfChunk,
        );
      for (let row = start; row < end; row++) {
        const first = (row - start) * rowsOfChunk;
        const left = space.kernel.upTo(bounds.byteOffset + 4 * first, wide, limitOf(row), places.byteOffset);
        const offer = (place: number) => {
          if (place >= size) return;
          compared++;
          const other = from + place;
          lists.offer(row, other, compare(asked, row * features, samples, other * features, features));
        };
        if (left <= 2 * k) {
          for (let i = 0; i < left; i++) offer(places[i]!);
          continue;
        }
        // The lowest bounds first: what they lead to rules out most of the others.
        best.clear();
        for (let i = 0; i < left; i++) best.offer(0, places[i]!, bounds[first + places[i]!]!);
        for (const place of best.rows) offer(place);
        const [limit, worst] = [limitOf(row), best.worst(0)];
        for (let i = 0; i < left; i++) {
          const bound = bounds[first + places[i]!]!;
          if (bound <= limit && (bound > worst || !best.rows.includes(places[i]!))) offer(places[i]!);
        }
      }
    }
  }
  return { lists, compared };
}
