/** Features known to have one value in a node: what is constant there is so below. Nodes come depth first. */
export class KnownConstants {
  readonly #features: number;
  #levels: Uint8Array;
  #at = 0;

  constructor(thresholds: readonly Float32Array[]) {
    this.#features = thresholds.length;
    this.#levels = Uint8Array.from(thresholds, ({ length }) => Number(length === 0));
  }

  /** Starts a node with what is known of the one above, which is the last that was entered one level higher. */
  enter(depth: number): void {
    this.#at = (depth + 1) * this.#features;
    if (this.#levels.length < this.#at + this.#features) {
      const longer = new Uint8Array(2 * (this.#at + this.#features));
      longer.set(this.#levels);
      this.#levels = longer;
    }
    this.#levels.copyWithin(this.#at, this.#at - this.#features, this.#at);
  }

  has(feature: number): boolean {
    return this.#levels[this.#at + feature] === 1;
  }

  add(feature: number): void {
    this.#levels[this.#at + feature] = 1;
  }
}
