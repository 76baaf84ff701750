import { growTable, tableFits } from "./grow-table.ts";
import { MaskRows } from "./mask-rows.ts";
import type { Search } from "./search.ts";

/** Items that one row's mask has room for; the sign bit stays free. */
export const widest = 31;

/** Rows at each depth of a search, in memory that is used again and again. */
export class MaskLevels {
  readonly #levels: MaskRows[] = [];

  at(depth: number): MaskRows {
    return (this.#levels[depth] ??= new MaskRows());
  }
}

/** Finds every set of the items in the rows at a depth; bit `i` of a mask stands for `names[i]`. */
export async function growMasks(
  levels: MaskLevels,
  depth: number,
  names: readonly number[],
  counts: ArrayLike<number>,
  search: Search,
  candidates = 2 ** names.length - 1,
): Promise<void> {
  const { least, prefix, shared, sink } = search;
  const rows = levels.at(depth);
  if (sink.takesTables && tableFits(rows.count, candidates)) {
    growTable(rows, names, candidates, search);
    return;
  }
  const next = levels.at(depth + 1);
  const together = new Uint32Array(widest);
  for (let left = candidates; left !== 0; ) {
    const item = 31 - Math.clz32(left);
    left ^= 1 << item;
    together.fill(0);
    const { holders, print } = rows.countWith(item, left, together);
    const sharedBefore = shared.length;
    let kept = 0;
    for (let others = left; others !== 0; ) {
      const other = 31 - Math.clz32(others);
      others ^= 1 << other;
      if (together[other]! < least) continue;
      if (together[other] === counts[item]) shared.push(names[other]!);
      else kept |= 1 << other;
    }
    prefix.push(names[item]!);
    if (search.add(counts[item]!, print) && kept !== 0) {
      next.start(holders);
      rows.copyWith(item, kept, next);
      await growMasks(levels, depth + 1, names, together.slice(), search, kept);
    }
    prefix.pop();
    shared.length = sharedBefore;
  }
  await search.pause();
}
