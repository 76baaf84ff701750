/** Names that are free in a graph and its bodies, which share one of these. */
export class FreshNames {
  readonly #counts = new Map<string, number>();
  /** Names of nodes and of values inside bodies. */
  readonly #taken = new Set<string>();

  take(name: string): string {
    this.#taken.add(name);
    return name;
  }

  /** The stem, or the stem with a number, that is neither taken nor among the values. */
  find(stem: string, values: ReadonlyMap<string, unknown>): string {
    let name: string;
    do {
      const count = this.#counts.get(stem) ?? 0;
      this.#counts.set(stem, count + 1);
      name = count === 0 ? stem : `${stem}_${count}`;
    } while (values.has(name) || this.#taken.has(name));
    return name;
  }
}
