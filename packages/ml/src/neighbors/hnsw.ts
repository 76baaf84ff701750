import { type LongWork, pauses, type Random } from "@athanor/core";
import { type Matrix, takeSamples } from "../matrix.ts";
import { Beam } from "./beam.ts";
import { CompareSpace, paddedTo } from "./compare-space.ts";
import { comparisons, distancesOf } from "./distance.ts";
import { type Between, HnswLinks, spread } from "./hnsw-links.ts";
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

/** How far a stored sample is from the one that asks. */
type Far = (other: number) => number;

/** Goes along links; it remembers what each search has seen. */
class Walk {
  readonly links: HnswLinks;
  readonly #seen: Int32Array;
  #searches = 0;

  constructor(links: HnswLinks, stored: number) {
    this.links = links;
    this.#seen = new Int32Array(stored);
  }

  /** The nearest sample of each layer from the top to the one above `level`, each found from the one before. */
  descend(far: Far, entry: number, level: number): number {
    const { links } = this;
    let at = entry;
    let value = far(at);
    for (let layer = links.levelOf(entry); layer > level; layer--) {
      for (let before = -1; before !== at; ) {
        before = at;
        const [from, end] = links.range(before, layer);
        for (let i = from; i < end && links.links[i]! >= 0; i++) {
          const near = far(links.links[i]!);
          if (near < value) [at, value] = [links.links[i]!, near];
        }
      }
    }
    return at;
  }

  /** Fills the beam with the nearest samples of a layer that links lead to. */
  look(far: Far, from: number, layer: number, beam: Beam): void {
    const { links } = this;
    const seen = this.#seen;
    const search = ++this.#searches;
    beam.clear();
    seen[from] = search;
    beam.offer(from, far(from));
    for (let at = beam.next(); at >= 0; at = beam.next()) {
      const [start, end] = links.range(at, layer);
      for (let i = start; i < end && links.links[i]! >= 0; i++) {
        const other = links.links[i]!;
        if (seen[other] === search) continue;
        seen[other] = search;
        beam.offer(other, far(other));
      }
    }
  }
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
  const walk = new Walk(links, stored);
  const beam = new Beam(Math.max(m, efConstruction));
  const between = storedBetween(index);
  const pause = pauses({ signal });
  let entry = 0;
  for (let row = 1; row < stored; row++) {
    const far = (other: number) => between(row, other);
    const [level, top] = [levels[row]!, levels[entry]!];
    let from = walk.descend(far, entry, level);
    for (let layer = Math.min(level, top); layer >= 0; layer--) {
      walk.look(far, from, layer, beam);
      const near = beam.rows.slice(0, beam.size);
      const chosen = spread(between, near, beam.values, m);
      links.set(row, layer, chosen);
      for (const other of chosen) links.add(between, other, layer, row);
      from = near[0]!;
    }
    if (level > top) entry = row;
    if (row % 64 === 0) {
      onProgress?.({ stage: "linking", done: row, total: stored, unit: "samples" });
      await pause();
    }
  }
  return { m, entry, starts: links.starts, links: links.links };
}

/** Finds samples near each row by walking along links; most of the nearest, nearest first. */
export function searchHnsw(x: Matrix, index: SampleIndex, graph: HnswGraph, k: number, efSearch: number): Nearest {
  const [samples, features] = x.shape as [number, number];
  const compare = comparisons[index.metric];
  const walk = new Walk(new HnswLinks(graph.m, graph.starts, graph.links), index.samples.length / features);
  const beam = new Beam(Math.max(k, efSearch));
  const rows = new Int32Array(samples * k);
  const values = new Float64Array(samples * k);
  for (let row = 0; row < samples; row++) {
    const far = (other: number) => compare(x.data, row * features, index.samples, other * features, features);
    walk.look(far, walk.descend(far, graph.entry, 0), 0, beam);
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

/** Compares stored samples in single precision, which is enough to link them. */
function storedBetween({ samples, features, metric }: SampleIndex): Between {
  const stored = samples.length / features;
  const width = paddedTo(8, features);
  const space = new CompareSpace();
  space.clear(4 * stored * width);
  const rows = space.floats(stored * width).fill(0);
  for (let row = 0; row < stored; row++) {
    const own = samples.subarray(row * features, (row + 1) * features);
    const length = metric === "cosine" ? Math.sqrt(own.reduce((sum, value) => sum + value ** 2, 0)) || 1 : 1;
    for (let j = 0; j < features; j++) rows[row * width + j] = own[j]! / length;
  }
  const { squared, absolute, product } = space.kernel;
  const at = (row: number) => rows.byteOffset + 4 * row * width;
  if (metric === "euclidean") return (a, b) => squared(at(a), at(b), width);
  if (metric === "manhattan") return (a, b) => absolute(at(a), at(b), width);
  return (a, b) => 1 - product(at(a), at(b), width);
}
