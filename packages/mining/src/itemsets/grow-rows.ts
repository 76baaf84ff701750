import { growMasks, MaskLevels, widest } from "./grow-masks.ts";
import type { MaskRows } from "./mask-rows.ts";
import type { Rows } from "./recode.ts";
import type { Search } from "./search.ts";

/** Finds every set of the rows' items, from those with the rarest item on. */
export async function growRows(rows: Rows, search: Search, levels = new MaskLevels()): Promise<void> {
  const { names, counts } = rows;
  const { prefix, shared } = search;
  const top = prefix.length === 0;
  const holders = rowsByItem(rows);
  const together = new Uint32Array(names.length);
  const label = new Int32Array(names.length);

  for (let item = names.length - 1; item >= 0; item--) {
    const own = holders.rows.subarray(holders.offsets[item]!, holders.offsets[item + 1]!);
    const print = countTogether(rows, own, item, together);
    const sharedBefore = shared.length;
    const kept = choose(rows, item, together, label, search);
    prefix.push(names[item]!);
    if (search.add(counts[item]!, print) && kept.names.length > 0) {
      if (kept.names.length <= widest) {
        masked(rows, own, item, label, levels.at(0));
        await growMasks(levels, 0, kept.names, kept.counts, search);
      } else await growRows(projected(rows, own, item, label, kept), search, levels);
    }
    prefix.pop();
    shared.length = sharedBefore;
    if (top) {
      search.onProgress?.({
        stage: "growing itemsets",
        done: names.length - item,
        total: names.length,
        unit: "items",
      });
    }
    await search.pause();
  }
}

/** Which rows hold an item. */
function rowsByItem({ offsets, items, counts }: Rows): { readonly offsets: Uint32Array; readonly rows: Uint32Array } {
  const starts = new Uint32Array(counts.length + 1);
  for (let item = 0; item < counts.length; item++) starts[item + 1] = starts[item]! + counts[item]!;
  const ends = starts.slice();
  const holders = new Uint32Array(items.length);
  for (let row = 0; row + 1 < offsets.length; row++)
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) holders[ends[items[at]!]!++] = row;
  return { offsets: starts, rows: holders };
}

/** Counts what comes before an item in the rows that hold it, and returns their print. */
function countTogether(
  { offsets, items, prints }: Rows,
  own: Uint32Array,
  item: number,
  together: Uint32Array,
): number {
  let print = 0;
  for (let i = 0; i < own.length; i++) {
    const row = own[i]!;
    print = (print + prints[row]!) | 0;
    for (let at = offsets[row]!, other = items[at]!; other !== item; other = items[++at]!) together[other]!++;
  }
  return print;
}

/** An item's companions that the search goes on with. */
interface Kept {
  readonly names: readonly number[];
  readonly counts: readonly number[];
}

/** Numbers an item's frequent companions anew in `label`, puts those that are always there aside, and clears the counts. */
function choose(
  { names, counts }: Rows,
  item: number,
  together: Uint32Array,
  label: Int32Array,
  { least, shared }: Search,
): Kept {
  const kept = { names: [] as number[], counts: [] as number[] };
  const all = counts[item]!;
  for (let other = 0; other < item; other++) {
    const count = together[other]!;
    together[other] = 0;
    label[other] = -1;
    if (count < least) continue;
    if (count === all) shared.push(names[other]!);
    else {
      label[other] = kept.names.push(names[other]!) - 1;
      kept.counts.push(count);
    }
  }
  return kept;
}

/** The labelled items of the rows that hold an item, one bit a label. */
function masked({ offsets, items, prints }: Rows, own: Uint32Array, item: number, label: Int32Array, into: MaskRows) {
  into.start(own.length);
  for (let i = 0; i < own.length; i++) {
    let mask = 0;
    for (let at = offsets[own[i]!]!, other = items[at]!; other !== item; other = items[++at]!)
      if (label[other]! >= 0) mask |= 1 << label[other]!;
    if (mask !== 0) into.add(mask, 1, prints[own[i]!]!);
  }
}

/** The labelled items of the rows that hold an item. */
function projected(
  { offsets, items, prints }: Rows,
  own: Uint32Array,
  item: number,
  label: Int32Array,
  { names, counts }: Kept,
): Rows {
  const kept = new Uint32Array(counts.reduce((sum, count) => sum + count, 0));
  const ends = new Uint32Array(own.length + 1);
  let end = 0;
  for (let i = 0; i < own.length; i++) {
    for (let at = offsets[own[i]!]!, other = items[at]!; other !== item; other = items[++at]!)
      if (label[other]! >= 0) kept[end++] = label[other]!;
    ends[i + 1] = end;
  }
  return {
    offsets: ends,
    items: kept,
    prints: Int32Array.from(own, (row) => prints[row]!),
    names: Uint32Array.from(names),
    counts: Uint32Array.from(counts),
  };
}
