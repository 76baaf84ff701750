/** The nodes of a tree while it grows, with the risk of each as a leaf and what its split gains. */
export interface GrownNodes {
  /** −1 at a leaf. */
  readonly feature: ArrayLike<number>;
  readonly threshold: ArrayLike<number>;
  readonly left: ArrayLike<number>;
  readonly right: ArrayLike<number>;
  /** `[nodes, outputs]` */
  readonly value: ArrayLike<number>;
  readonly outputs: number;
  readonly risks: ArrayLike<number>;
  readonly gains: ArrayLike<number>;
}

/** Nodes with the rows that reach each, `start … end` of the order, in arrays that grow with them. */
export class NodeList {
  count = 0;
  feature = new Int32Array(256);
  threshold = new Float32Array(256);
  left = new Int32Array(256);
  right = new Int32Array(256);
  start = new Int32Array(256);
  end = new Int32Array(256);
  depth = new Int32Array(256);
  risks = new Float64Array(256);
  gains = new Float64Array(256);
  value: Float64Array;
  readonly #outputs: number;

  constructor(outputs: number) {
    this.#outputs = outputs;
    this.value = new Float64Array(256 * outputs);
  }

  /** Adds a leaf and returns its number. */
  add(start: number, end: number, depth: number): number {
    if (this.count === this.feature.length) this.#grow();
    const node = this.count++;
    this.feature[node] = -1;
    this.left[node] = -1;
    this.right[node] = -1;
    this.start[node] = start;
    this.end[node] = end;
    this.depth[node] = depth;
    return node;
  }

  /** The nodes there are, in arrays of their number. */
  grown(): GrownNodes {
    const { count } = this;
    return {
      feature: this.feature.slice(0, count),
      threshold: this.threshold.slice(0, count),
      left: this.left.slice(0, count),
      right: this.right.slice(0, count),
      value: this.value.slice(0, count * this.#outputs),
      outputs: this.#outputs,
      risks: this.risks.subarray(0, count),
      gains: this.gains.subarray(0, count),
    };
  }

  #grow(): void {
    this.feature = twice(this.feature, Int32Array);
    this.threshold = twice(this.threshold, Float32Array);
    this.left = twice(this.left, Int32Array);
    this.right = twice(this.right, Int32Array);
    this.start = twice(this.start, Int32Array);
    this.end = twice(this.end, Int32Array);
    this.depth = twice(this.depth, Int32Array);
    this.risks = twice(this.risks, Float64Array);
    this.gains = twice(this.gains, Float64Array);
    this.value = twice(this.value, Float64Array);
  }
}

function twice<A extends Int32Array | Float32Array | Float64Array>(values: A, Kind: new (length: number) => A): A {
  const longer = new Kind(2 * values.length);
  longer.set(values);
  return longer;
}
