import { type Model, readModel, type StoredTensor, writeModel } from "@athanor/onnx";
import type { Orders } from "./parameter-layout.ts";

/** A step's graph for a batch of given shapes, ready to be loaded. */
export interface PreparedGraph extends GraphFacts {
  readonly bytes: Uint8Array;
  /** Whether the bytes are what the runtime has made of the graph, which it only has to read. */
  readonly isOptimized: boolean;
}

interface GraphFacts {
  readonly nodeCount: number;
  /** Whether it holds more than the small constants of its operators. */
  readonly hasWeights: boolean;
  /** How often each sparse parameter's rows are read. */
  readonly uses: Readonly<Record<string, number>>;
  readonly orders: Orders;
  /** Nodes that the processor has to run whatever the device. */
  readonly onHost: readonly string[];
}

interface Header extends GraphFacts {
  readonly isOptimized: boolean;
  /** Weights that are left out: the name in the graph, and in the one that it was made of. */
  readonly weights: readonly (readonly [string, string])[];
}

/** Constants up to this many bytes are kept with the graph. */
const smallBytes = 1024;
const newline = 10;

/** Weights of a graph that the one that it was made of holds too: what they are called in both. */
export function weightsOf(model: Model, source: Model): readonly (readonly [string, string])[] {
  const nameOf = new Map([...source.graph.initializers].map(([name, stored]) => [placeOf(stored), name]));
  return [...model.graph.initializers].flatMap(([name, stored]) => {
    const from = nameOf.get(placeOf(stored));
    return from === undefined || bytesOf(stored) <= smallBytes ? [] : [[name, from] as const];
  });
}

/** A graph as a cache keeps it: without the weights that the graph that it was made of holds anyway. */
export function packGraph(model: Model, source: Model, facts: GraphFacts): Uint8Array {
  const weights = weightsOf(model, source);
  const left = new Set(weights.map(([name]) => name));
  const initializers = new Map([...model.graph.initializers].filter(([name]) => !left.has(name)));
  const bytes = writeModel({ ...model, graph: { ...model.graph, initializers } });
  return packed({ ...facts, isOptimized: false, weights }, bytes);
}

/** A graph without weights, as a cache keeps it: as the runtime has made it its own. */
export const packOptimized = (optimized: Uint8Array, facts: GraphFacts): Uint8Array =>
  packed({ ...facts, isOptimized: true, weights: [] }, optimized);

function packed(header: Header, bytes: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode(`${JSON.stringify(header)}\n`);
  const both = new Uint8Array(head.length + bytes.length);
  both.set(head);
  both.set(bytes, head.length);
  return both;
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
