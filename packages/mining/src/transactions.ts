/** Sets of items: the items of the i-th lie at `offsets[i] … offsets[i + 1]`, each once. */
export interface Transactions {
  readonly offsets: Uint32Array;
  readonly items: Uint32Array;
  /** What an item's number stands for. */
  readonly labels: readonly string[];
}

/** Numbers the items of lists in order of first appearance; an item that a list repeats counts once. */
export function transactionsFrom(lists: Iterable<readonly string[]>): Transactions {
  const numbers = new Map<string, number>();
  const items: number[] = [];
  const offsets = [0];
  /** The last list with an item, by the item's number. */
  const seen: number[] = [];
  for (const list of lists) {
    for (const label of list) {
      let number = numbers.get(label);
      if (number === undefined) numbers.set(label, (number = numbers.size));
      if (seen[number] === offsets.length) continue;
      seen[number] = offsets.length;
      items.push(number);
    }
    offsets.push(items.length);
  }
  return { offsets: Uint32Array.from(offsets), items: Uint32Array.from(items), labels: [...numbers.keys()] };
}

/** Groups pairs, such as customer and book, into one transaction a group. */
export function transactionsFromPairs(
  groups: readonly (string | undefined)[],
  items: readonly (string | undefined)[],
): Transactions {
  const lists = new Map<string, string[]>();
  for (const [row, group] of groups.entries()) {
    const item = items[row];
    if (group === undefined || item === undefined) continue;
    const list = lists.get(group);
    if (list) list.push(item);
    else lists.set(group, [item]);
  }
  return transactionsFrom(lists.values());
}

/** How many transactions there are. */
export const countOf = ({ offsets }: Transactions): number => offsets.length - 1;
