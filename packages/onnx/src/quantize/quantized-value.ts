import type { Node } from "../model.ts";
import type { GraphView } from "../rewrite/graph-view.ts";
import type { StoredTensor } from "../stored-tensor.ts";

/** A value as bytes: x ≈ (bytes − zero) × step, times the scale of each row where rows have one. */
export interface QuantizedValue {
  readonly bytes: string;
  readonly step: string;
  readonly zero: string;
  readonly rowScales?: string;
  /** What computes them. */
  readonly nodes: readonly Node[];
  readonly initializers: ReadonlyMap<string, StoredTensor>;
}

/** Rounds a value of the graph to bytes. */
export type QuantizeValue = (x: string, graph: GraphView) => QuantizedValue;

/** Rounds each value once, for all products that read it. */
export function once(quantize: QuantizeValue): QuantizeValue {
  const known = new Map<string, QuantizedValue>();
  return (x, graph) => {
    const found = known.get(x);
    if (found !== undefined) return { ...found, nodes: [], initializers: new Map() };
    const value = quantize(x, graph);
    known.set(x, value);
    return value;
  };
}
