import { AthanorError, type Tensor } from "@athanor/core";
import {
  type GraphFunction,
  leavesOf,
  mapTree,
  type Spec,
  type Traced,
  type TreeLike,
  trace,
  type Value,
} from "@athanor/onnx";
import type { Closable } from "./held.ts";
import { openModel, type SessionOptions } from "./open-session.ts";
import type { Session } from "./session.ts";

/** A function over tensors, as one over symbolic values was written; its graphs are closed when nobody holds it any more, or when it is disposed. */
export interface Compiled<A extends readonly unknown[], R> extends Closable {
  (...args: { readonly [K in keyof A]: TreeLike<A[K], Tensor> }): Promise<TreeLike<R, Tensor>>;
}

interface OpenGraph {
  readonly traced: Traced<readonly unknown[], unknown>;
  readonly session: Session;
}

/** The graphs of one function by the form and types of its arguments, the one used last at the end. */
interface Graphs {
  readonly open: Map<string, Promise<OpenGraph>>;
  isClosed: boolean;
}

/** How a compiled function runs, and how much it keeps. */
export interface CompileOptions extends SessionOptions {
  /** Graphs kept open, so that arguments of ever new shapes do not fill the memory; 64 by default. */
  readonly maxGraphs?: number;
}

/**
 * Makes a function over symbolic values run on tensors: it is traced once for each combination of shapes and element types, and
 * runs in a worker thread.
 *
 * @throws when called: what the function throws, `onnx/tree` for arguments that are no trees of tensors, `runtime/closed`
 */
export function compile<A extends readonly unknown[], R>(
  fn: GraphFunction<A, R>,
  { maxGraphs = 64, ...options }: CompileOptions = {},
): Compiled<A, R> {
  const graphs: Graphs = { open: new Map(), isClosed: false };
  const name = fn.name || "function";
  const run = async (...args: readonly unknown[]): Promise<unknown> => {
    if (graphs.isClosed) throw closed(name);
    const { traced, session } = await graphOf(graphs, args, maxGraphs, () => open(fn, args, options));
    const tensors = leavesOf<Tensor>(args);
    const feeds = leavesOf<Value>(traced.inputs).map((input, i) => [input.name, tensors[i]!] as const);
    const results = await session.run(Object.fromEntries(feeds));
    return mapTree<Value, Tensor>(traced.outputs, (output) => results[output.name]!);
  };
  const compiled = Object.assign(run, {
    [Symbol.asyncDispose]: () => closeAll(graphs),
    [Symbol.dispose]: () => void closeAll(graphs),
  });
  return compiled as unknown as Compiled<A, R>;
}

function graphOf(
  graphs: Graphs,
  args: readonly unknown[],
  maxGraphs: number,
  openGraph: () => Promise<OpenGraph>,
): Promise<OpenGraph> {
  const key = JSON.stringify(mapTree<Tensor, string>(args, ({ dtype, shape }) => `${dtype} ${shape.join(" ")}`));
  let graph = graphs.open.get(key);
  graphs.open.delete(key);
  if (graph === undefined) {
    graph = openGraph();
    graph.catch(() => graphs.open.get(key) === graph && graphs.open.delete(key));
  }
  graphs.open.set(key, graph);
  while (graphs.open.size > Math.max(1, maxGraphs)) closeOldest(graphs);
  return graph;
}

function closeOldest(graphs: Graphs): void {
  const [key, graph] = graphs.open.entries().next().value!;
  graphs.open.delete(key);
  void close(graph);
}

async function open<A extends readonly unknown[], R>(
  fn: GraphFunction<A, R>,
  args: readonly unknown[],
  options: SessionOptions,
): Promise<OpenGraph> {
  const specs = mapTree<Tensor, Spec>(args, ({ dtype, shape }) => ({ dtype, shape }));
  const traced = trace(fn as GraphFunction<readonly unknown[], unknown>, specs as readonly Spec[]);
  return { traced, session: await openModel(traced.model, options, "compiled graph") };
}

async function closeAll(graphs: Graphs): Promise<void> {
  graphs.isClosed = true;
  const all = [...graphs.open.values()];
  graphs.open.clear();
  await Promise.all(all.map(close));
}

/** A graph that could not be opened has told its caller so and needs no closing. */
const close = (graph: Promise<OpenGraph>): Promise<void> =>
  graph.then(
    ({ session }) => session[Symbol.asyncDispose](),
    () => undefined,
  );

const closed = (name: string): AthanorError =>
  new AthanorError("runtime/closed", `${name}: expected a function that is open, got one that was disposed`, {
    fix: "Compile the function again.",
  });
