import { type LongWork, pauses, type Random } from "@athanor/core";
import { type Matrix, takeSamples } from "../matrix.ts";
import { Beam } from "./beam.ts";
import { comparisons, distancesOf } from "./distance.ts";
import { HnswLinks } from "./hnsw-links.ts";
import { type Nearest, nearest, type SampleIndex } from "./nearest.ts";

/** Samples linked to near ones in layers, of which the upper ones have ever fewer samples; plain data. */
export interface HnswGraph {
  readonly m: number;
  /** Where a search starts: a sample of the top layer. */
  readonly entry: number;
  /** Where the links of each sample start, and behind the last one where they end: twice `m` for the lowest layer, `m` for each above. */
  readonly starts: Int32Array;
  /** Numbers of samples; −1 where there is no link. */
  readonly links: Int32Array;
}

/** How far a search looks around. */
interface Walk {
  readonly index: SampleIndex;
  readonly links: HnswLinks;
  /** Number of the last search that saw each sample. */
  readonly seen: Int32Array;
  searches: number;
}

/**
 * Links every sample to near ones that lie in different directions.
 *
 * @see Malkov and Yashunin 2016, "Efficient and robust approximate nearest neighbor search using hierarchical navigable small world graphs", https://arxiv.org/abs/1603.09320
 */
export async function buildHnsw(
  index: SampleIndex,
  { m, efConstruction }: { readonly m: number; readonly efConstruction: number },
  random: Random,
  { signal, onProgress }: LongWork = {},
): Promise<HnswGraph> {
  signal?.throwIfAborted();
  const stored = index.samples.length / index.features;
  const levels = Array.from({ length: stored }, () => Math.floor(-Math.log(1 - random.uniform()) / Math.log(m)));
  const links = HnswLinks.empty(m, levels);
  const walk: Walk = { index, links, seen: new Int32Array(stored), searches: 0 };
  const beam = new Beam(Math.max(m, efConstruction));
  const pause = pauses({ signal });
  let entry = 0;
  for (let row = 1; row < stored; row++) {
    const [level, top] = [levels[row]!, levels[entry]!];
    let from = descend(walk, index.samples, row, entry, top, level);
    for (let layer = Math.min(level, top); layer >= 0; layer--) {
      look(walk, index.samples, row, from, layer, beam);
      const near = beam.rows.slice(0, beam.size);
      const chosen = links.spread(index, row, near, beam.values, m);
      links.set(row, layer, chosen);
      for (const other of chosen) links.add(index, other, layer, row);
      from = near[0]!;
    }
    if (level > top) entry = row;
    if (row % 256 === 0) {
      onProgress?.({ stage: "linking", done: row, total: stored, unit: "samples" });
      await pause();
    }
  }
  return { m, entry, starts: links.starts, links: links.links };
}

/** Finds samples near each row by walking along links; most of the nearest, nearest first. */
export function searchHnsw(x: Matrix, index: SampleIndex, graph: HnswGraph, k: number, efSearch: number): Nearest {
  const [samples, features] = x.shape as [number, number];
  const stored = index.samples.length / features;
  const links = new HnswLinks(graph.m, graph.starts, graph.links);
  const walk: Walk = { index, links, seen: new Int32Array(stored), searches: 0 };
  const beam = new Beam(Math.max(k, efSearch));
  const rows = new Int32Array(samples * k);
  const values = new Float64Array(samples * k);
  const top = links.levelOf(graph.entry);
  for (let row = 0; row < samples; row++) {
    look(walk, x.data, row, descend(walk, x.data, row, graph.entry, top, 0), 0, beam);
    rows.set(beam.rows.subarray(0, k), row * k);
    values.set(beam.values.subarray(0, k), row * k);
    if (beam.size >= k) continue;
    // Links do not reach as many: all are compared.
    const exact = nearest(takeSamples(x, [row]), index, k);
    rows.set(exact.rows, row * k);
    values.set(index.metric === "euclidean" ? exact.distances.map((each) => each ** 2) : exact.distances, row * k);
  }
  return { rows, distances: distancesOf(index.metric, values) };
}

/** Goes to the nearest sample of each layer above one, starting from the last one's. */
function descend(
  { index, links }: Walk,
  asked: Float32Array,
  row: number,
  entry: number,
  top: number,
  level: number,
): number {
  const { metric, features, samples } = index;
  const compare = comparisons[metric];
  let at = entry;
  let value = compare(asked, row * features, samples, at * features, features);
  for (let layer = top; layer > level; layer--) {
    for (let before = -1; before !== at; ) {
      before = at;
      const [from, end] = links.range(before, layer);
      for (let i = from; i < end && links.links[i]! >= 0; i++) {
        const other = links.links[i]!;
        const near = compare(asked, row * features, samples, other * features, features);
        if (near < value) [at, value] = [other, near];
      }
    }
  }
  return at;
}

/** Fills the beam with the nearest samples of a layer that links lead to. */
function look(walk: Walk, asked: Float32Array, row: number, from: number, layer: number, beam: Beam): void {
  const { index, links, seen } = walk;
  const { metric, features, samples } = index;
  const compare = comparisons[metric];
  const search = ++walk.searches;
  beam.clear();
  seen[from] = search;
  beam.offer(from, compare(asked, row * features, samples, from * features, features));
  for (let at = beam.next(); at >= 0; at = beam.next()) {
    const [start, end] = links.range(at, layer);
    for (let i = start; i < end && links.links[i]! >= 0; i++) {
      const other = links.links[i]!;
      if (seen[other] === search) continue;
      seen[other] = search;
      beam.offer(other, compare(asked, row * features, samples, other * features, features));
    }
  }
}
