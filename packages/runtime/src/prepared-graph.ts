import { type Model, readModel, type StoredTensor, writeModel } from "@athanor/onnx";
import type { Orders } from "./step-state.ts";

/** A step's graph for a batch of given shapes, ready to be loaded. */
export interface PreparedGraph extends GraphFacts {
  readonly bytes: Uint8Array;
}

interface GraphFacts {
  readonly nodeCount: number;
  /** Whether it holds more than the small constants of its operators. */
  readonly hasWeights: boolean;
  /** How often each sparse parameter's rows are read. */
  readonly uses: Readonly<Record<string, number>>;
  readonly orders: Orders;
}

interface Header extends GraphFacts {
  /** Weights that are left out: the name in the graph, and in the one that it was made of. */
  readonly weights: readonly (readonly [string, string])[];
}

/** Constants up to this many bytes are kept with the graph. */
const smallBytes = 1024;
const newline = 10;

/** A graph as a cache keeps it: without the weights that the graph that it was made of holds anyway. */
export function packGraph(model: Model, source: Model, facts: GraphFacts): Uint8Array {
  const nameOf = new Map([...source.graph.initializers].map(([name, stored]) => [placeOf(stored), name]));
  const weights = [...model.graph.initializers].flatMap(([name, stored]) => {
    const from = nameOf.get(placeOf(stored));
    return from === undefined || bytesOf(stored) <= smallBytes ? [] : [[name, from] as const];
  });
  const left = new Set(weights.map(([name]) => name));
  const initializers = new Map([...model.graph.initializers].filter(([name]) => !left.has(name)));
  const bytes = writeModel({ ...model, graph: { ...model.graph, initializers } });
  const header: Header = { ...facts, weights };
  const head = new TextEncoder().encode(`${JSON.stringify(header)}\n`);
  const packed = new Uint8Array(head.length + bytes.length);
  packed.set(head);
  packed.set(bytes, head.length);
  return packed;
}

export function unpackGraph(packed: Uint8Array, source: Model): PreparedGraph {
  const end = packed.indexOf(newline);
  const { weights, ...facts } = JSON.parse(new TextDecoder().decode(packed.subarray(0, end))) as Header;
  const bytes = packed.subarray(end + 1);
  if (weights.length === 0) return { ...facts, bytes };
  const model = readModel(bytes);
  const initializers = new Map(model.graph.initializers);
  for (const [name, from] of weights) initializers.set(name, source.graph.initializers.get(from)!);
  return { ...facts, bytes: writeModel({ ...model, graph: { ...model.graph, initializers } }) };
}

/** Weights are passed on through rewriting, not copied: what is the same lies in the same place. */
const placeOf = (stored: StoredTensor): unknown => ("bytes" in stored ? stored.bytes : stored);
export const bytesOf = (stored: StoredTensor): number => ("bytes" in stored ? stored.bytes.byteLength : 0);
