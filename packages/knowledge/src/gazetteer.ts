/** A name found in a text; offsets count UTF-16 units. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What was given with the name. */
  readonly value: number;
}

interface State {
  readonly next: Map<string, number>;
  fail: number;
  /** Names that end here: length in folded units and value. */
  readonly ends: { readonly length: number; readonly value: number }[];
}

const isWord = (character: string | undefined): boolean =>
  character !== undefined && /[\p{Script=Latin}\p{Nd}]/u.test(character);

/** Lower case, Latin letters without their marks, each as one unit so that offsets stay. */
function fold(text: string): string {
  let folded = "";
  for (let i = 0; i < text.length; i++) {
    const plain = text[i]!.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    folded += plain.length === 1 ? plain : text[i]!;
  }
  return folded;
}

/**
 * Finds names of a list in texts: the longest at each place, whatever their case and accents; Latin names as whole words only.
 *
 * @see Aho and Corasick 1975, "Efficient string matching"
 */
export function gazetteer(
  names: readonly { readonly name: string; readonly value: number }[],
): (text: string) => readonly Found[] {
  const states: State[] = [{ next: new Map(), fail: 0, ends: [] }];
  for (const { name, value } of names) {
    const folded = fold(name.trim());
    if (folded.length < 2) continue;
    let at = 0;
    for (const unit of folded.split("")) {
      let to = states[at]!.next.get(unit);
      if (to === undefined) {
        to = states.push({ next: new Map(), fail: 0, ends: [] }) - 1;
        states[at]!.next.set(unit, to);
      }
      at = to;
    }
    if (!states[at]!.ends.some((end) => end.value === value)) states[at]!.ends.push({ length: folded.length, value });
  }
  linkFailures(states);

  return (text) => {
    const units = fold(text);
    const matches: Found[] = [];
    let at = 0;
    for (let i = 0; i < units.length; i++) {
      while (at !== 0 && !states[at]!.next.has(units[i]!)) at = states[at]!.fail;
      at = states[at]!.next.get(units[i]!) ?? 0;
      for (const { length, value } of states[at]!.ends) {
        const start = i + 1 - length;
        const isWhole = !(isWord(text[start]) && isWord(text[start - 1])) && !(isWord(text[i]) && isWord(text[i + 1]));
        if (isWhole) matches.push({ start, end: i + 1, text: text.slice(start, i + 1), value });
      }
    }
    return longest(matches);
  };
}

function linkFailures(states: readonly State[]): void {
  const queue = [...states[0]!.next.values()];
  for (let head = 0; head < queue.length; head++) {
    const state = states[queue[head]!]!;
    for (const [unit, to] of state.next) {
      let fail = state.fail;
      while (fail !== 0 && !states[fail]!.next.has(unit)) fail = states[fail]!.fail;
      const target = states[fail]!.next.get(unit);
      states[to]!.fail = target === undefined || target === to ? 0 : target;
      states[to]!.ends.push(...states[states[to]!.fail]!.ends);
      queue.push(to);
    }
  }
}

/** Of matches that overlap, the longest stays; of equal ones the first. */
function longest(matches: readonly Found[]): readonly Found[] {
  const kept: Found[] = [];
  for (const match of matches.toSorted((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    if (kept.every(({ start, end }) => match.end <= start || match.start >= end)) kept.push(match);
  }
  return kept.sort((a, b) => a.start - b.start);
}
