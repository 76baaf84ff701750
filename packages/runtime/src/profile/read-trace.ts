import { median } from "./median.ts";

/** What one node costs a run. */
export interface ProfileRow {
  readonly node: string;
  readonly op: string;
  /** Median over the runs, without the nodes of its own subgraphs. */
  readonly milliseconds: number;
  /** Of the time of all nodes, 0 to 1. */
  readonly share: number;
  readonly outputBytes: number;
}

/** When a node ran, in the run nearest the median. */
export interface ProfileSpan {
  readonly node: string;
  readonly op: string;
  readonly startMilliseconds: number;
  readonly milliseconds: number;
  /** 0 for the graph's own nodes, 1 for those of their subgraphs, and so on. */
  readonly depth: number;
}

/** Where the time of a model's runs went. */
export interface Profile {
  readonly runs: number;
  /** Median time of a run. */
  readonly milliseconds: number;
  /** The most memory that the runtime's arena gave out at once; 0 where the runtime does not say. */
  readonly peakBytes: number;
  /** The costliest first. */
  readonly rows: readonly ProfileRow[];
  readonly spans: readonly ProfileSpan[];
}

interface TraceEvent {
  readonly cat: string;
  readonly name: string;
  /** Microseconds. */
  readonly ts: number;
  readonly dur: number;
  readonly args: Readonly<Record<string, unknown>>;
}

interface Executed {
  readonly node: string;
  readonly op: string;
  readonly start: number;
  readonly duration: number;
  /** Without what ran inside it. */
  own: number;
  readonly depth: number;
  readonly outputBytes: number;
}

/** Reads ONNX Runtime's trace of several runs of a model, leaving out the first ones. */
export function readTrace(text: string, warmUps: number): Profile {
  const events = JSON.parse(text) as readonly TraceEvent[];
  const runs = events
    .filter(({ cat, name }) => cat === "Session" && name === "model_run")
    .sort((a, b) => a.ts - b.ts)
    .slice(warmUps);
  const kernels = events.filter(({ cat, name }) => cat === "Node" && name.endsWith("_kernel_time"));
  const within = (outer: TraceEvent) =>
    kernels.filter(({ ts, dur }) => ts >= outer.ts && ts + dur <= outer.ts + outer.dur);
  const executed = runs.map((run) => nested(within(run)));
  const milliseconds = median(runs.map(({ dur }) => dur)) / 1000;
  const distance = (i: number) => Math.abs(runs[i]!.dur / 1000 - milliseconds);
  const typical = [...runs.keys()].reduce((best, i) => (distance(i) < distance(best) ? i : best), 0);
  return {
    runs: runs.length,
    milliseconds,
    peakBytes: Math.max(0, ...kernels.map(({ args }) => Number(args.mem_in_use_peak ?? 0))),
    rows: rowsOf(executed),
    spans: (executed[typical] ?? []).map(({ node, op, start, duration, depth }) => ({
      node,
      op,
      startMilliseconds: (start - runs[typical]!.ts) / 1000,
      milliseconds: duration / 1000,
      depth,
    })),
  };
}

/** Puts the nodes of subgraphs inside the node that ran them. */
function nested(kernels: readonly TraceEvent[]): readonly Executed[] {
  const open: Executed[] = [];
  const inOrder = kernels.toSorted((a, b) => a.ts - b.ts || b.dur - a.dur);
  return inOrder.map(({ name, ts, dur, args }) => {
    while (open.length > 0 && ts >= open.at(-1)!.start + open.at(-1)!.duration) open.pop();
    const outer = open.at(-1);
    if (outer) outer.own -= dur;
    const op = String(args.op_name);
    const node = name.slice(0, -"_kernel_time".length) || `${op} ${args.node_index}`;
    const bytes = Number(args.output_size ?? 0);
    const one = { node, op, start: ts, duration: dur, own: dur, depth: open.length, outputBytes: bytes };
    open.push(one);
    return one;
  });
}

function rowsOf(runs: readonly (readonly Executed[])[]): readonly ProfileRow[] {
  const nodes = new Map<string, { op: string; outputBytes: number; times: number[] }>();
  for (const [run, executed] of runs.entries())
    for (const { node, op, own, outputBytes } of executed) {
      const entry = nodes.get(node) ?? { op, outputBytes: 0, times: new Array<number>(runs.length).fill(0) };
      entry.outputBytes = Math.max(entry.outputBytes, outputBytes);
      entry.times[run]! += own / 1000;
      nodes.set(node, entry);
    }
  const medians = [...nodes].map(([node, { times, ...rest }]) => ({ node, ...rest, milliseconds: median(times) }));
  const total = medians.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return medians
    .map(({ node, op, milliseconds, outputBytes }) => ({
      node,
      op,
      milliseconds,
      share: total === 0 ? 0 : milliseconds / total,
      outputBytes,
    }))
    .sort((a, b) => b.milliseconds - a.milliseconds);
}
