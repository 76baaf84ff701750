import { parentPort } from "node:worker_threads";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { isStopped, stopOutput } from "./conversion-stop.ts";
import type {
  Answer,
  Envelope,
  Kind,
  PlainFeeds,
  PlainStep,
  PlainTensor,
  Requests,
  StepPlacement,
} from "./protocol.ts";
import type { Port } from "./session.ts";
import { RowCollector, type RowUse } from "./update/collect-rows.ts";
import { SharedUpdate } from "./update/shared-update.ts";

// The runtime's binding takes a Float16Array for empty; where the class is missing, half precision travels as its 16 bits.
Reflect.deleteProperty(globalThis, "Float16Array");

/** Rewrites of the runtime that hold for single precision only: one rounds a scale to it, one wants a kernel that is not there. */
const withoutSingle = { optimization: { disable_specified_optimizers: "MatMulScaleFusion;QuickGeluFusion" } };

/** Without weights, folding only writes out constants that are larger than what they are made of. */
const withoutFolding = { optimization: { disable_specified_optimizers: "ConstantFolding" } };

type Pair<T> = readonly [T, T];

interface Bound {
  readonly feeds: { readonly moved: Pair<OrtFeeds>; readonly held: Pair<OrtFeeds> };
  readonly fetches: { readonly moved: Pair<OrtFeeds>; readonly gradients: Pair<OrtFeeds> };
  readonly replies: PlainFeeds;
  /** What the graph writes of each table. */
  readonly uses: readonly (readonly RowUse[])[];
}
type OrtFeeds = Readonly<Record<string, OrtTensor>>;

/** What the graphs of a training step share. */
interface Placed {
  readonly update: SharedUpdate;
  readonly tables: readonly RowCollector[];
  readonly scale: StepPlacement["scale"];
  readonly squares: Float32Array | undefined;
}
let placed: Placed | undefined;

const sessions = new Map<number, { session: InferenceSession; bound?: Bound }>();
let opened = 0;
// The error that ends each training run is thrown away.
Error.stackTraceLimit = 0;

const toOrt = ({ dtype, data, shape }: PlainTensor): OrtTensor =>
  new OrtTensor(dtype as "float32", data as Float32Array, shape);
const toPlain = ({ type, data, dims }: OrtTensor): PlainTensor => ({
  dtype: type as PlainTensor["dtype"],
  data,
  shape: dims,
});
/** The next step writes where this one did. */
const copyOut = ({ dtype, data, shape }: PlainTensor): PlainTensor => ({
  dtype,
  data: (data as Float32Array).slice(),
  shape,
});
const mapValues = <A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
const ports = (metadata: readonly InferenceSession.ValueMetadata[]): readonly Port[] =>
  metadata.map((value) => ({
    name: value.name,
    dtype: (value.isTensor ? value.type : "float32") as Port["dtype"],
    shape: value.isTensor ? value.shape : undefined,
  }));

const mapPair = <A, B>([even, odd]: Pair<A>, map: (value: A) => B): Pair<B> => [map(even), map(odd)];
const toFeeds = (feeds: PlainFeeds): OrtFeeds => mapValues(feeds, toOrt);

function placeState({ plan, tables, scale, squares }: StepPlacement): Placed {
  return {
    update: new SharedUpdate(plan),
    tables: tables.map(({ sums, touched }) => {
      const width = sums.shape.slice(1).reduce((product, length) => product * length, 1);
      return new RowCollector({ sums: sums.data as Float32Array, width, touched: new Int32Array(touched) });
    }),
    scale,
    squares: squares?.data as Float32Array | undefined,
  };
}

async function runBound(
  { session, feeds: batch }: { readonly session: number; readonly feeds: PlainFeeds },
  parity: PlainStep["parity"],
  isFirst: boolean,
): Promise<Bound> {
  const { session: runner, bound } = sessions.get(session)!;
  const { feeds, fetches } = bound!;
  try {
    await runner.run(
      { ...toFeeds(batch), ...feeds.moved[parity.moved], ...feeds.held[parity.held] },
      { [stopOutput]: null, ...fetches.moved[parity.moved], ...fetches.gradients[isFirst ? 0 : 1] },
    );
  } catch (error) {
    if (!isStopped(error)) throw error;
  }
  return bound!;
}

async function runStep(step: PlainStep): Promise<PlainFeeds> {
  const { parity, isFirst, update } = step;
  const { uses, replies } = await runBound(step, parity, isFirst);
  for (const [i, table] of placed?.tables.entries() ?? []) table.collect(uses[i]!, isFirst);
  if (!isFirst) placed?.update.add();
  if (update?.graph) {
    if (placed?.squares) placed.squares[0] = placed.tables.reduce((sum, table) => sum + table.squares(), 0);
    await runBound(update.graph, { moved: parity.held, held: parity.held }, true);
  }
  if (update?.numbers) {
    const { tensor, positions = [] } = placed!.scale ?? {};
    for (const position of positions) update.numbers[position]! *= (tensor!.data as Float32Array)[0]!;
    placed!.update.run(update.numbers);
  }
  return mapValues(replies, copyOut);
}

type Handlers = { [K in Kind]: (body: Requests[K]["request"]) => Promise<Requests[K]["reply"]> };

const handlers: Handlers = {
  async open({ bytes, threads, isTraining, isDouble = false, hasWeights = true, trace }) {
    const session = await InferenceSession.create(bytes, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: "sequential",
      logSeverityLevel: 3,
      graphOptimizationLevel: isTraining ? "basic" : "all",
      enableMemPattern: isTraining,
      ...(trace === undefined ? {} : { enableProfiling: true, profileFilePrefix: trace }),
      extra: {
        session: {
          set_denormal_as_zero: "1",
          force_spinning_stop: isTraining ? "1" : "0",
          intra_op: { dynamic_block_base: "4" },
        },
        ...(isDouble ? withoutSingle : {}),
        ...(hasWeights ? {} : withoutFolding),
      },
    });
    sessions.set(opened, { session });
    return { session: opened++, inputs: ports(session.inputMetadata), outputs: ports(session.outputMetadata) };
  },
  async run({ session, feeds, outputs }) {
    const results = await sessions.get(session)!.session.run(mapValues(feeds, toOrt), [...outputs]);
    return mapValues(results as Record<string, OrtTensor>, toPlain);
  },
  async place({ placement }) {
    placed = placeState(placement);
    return null;
  },
  async bind({ session, binding }) {
    const { feeds, fetches, replies, uses } = binding;
    sessions.get(session)!.bound = {
      feeds: { moved: mapPair(feeds.moved, toFeeds), held: mapPair(feeds.held, toFeeds) },
      fetches: { moved: mapPair(fetches.moved, toFeeds), gradients: mapPair(fetches.gradients, toFeeds) },
      replies,
      uses: uses.map((table) =>
        table.map(({ rows, gradients }) => ({
          rows: rows.data as Int32Array,
          gradients: gradients.data as Float32Array,
        })),
      ),
    };
    return null;
  },
  async steps({ steps }) {
    const answers: PlainFeeds[] = [];
    for (const step of steps) answers.push(await runStep(step));
    return answers;
  },
  async resumeSums() {
    for (const table of placed?.tables ?? []) table.resume();
    return null;
  },
  async endTrace({ session }) {
    sessions.get(session)!.session.endProfiling();
    return null;
  },
  async close({ session }) {
    await sessions.get(session)?.session.release();
    sessions.delete(session);
    return null;
  },
};

/** Memory that only the answer holds: it moves to the other thread instead of being copied. */
function memoryOf(kind: Kind, reply: unknown): readonly ArrayBuffer[] {
  if (kind !== "run" && kind !== "steps") return [];
  const tensors = [reply].flat().flatMap((results) => Object.values(results as PlainFeeds));
  const buffers = tensors.flatMap(({ data }) => (ArrayBuffer.isView(data) ? [data.buffer as ArrayBuffer] : []));
  return [...new Set(buffers)];
}

// One request after another: a session is not run twice at once, and steps keep their order.
let queue: Promise<void> = Promise.resolve();
parentPort!.on("message", ({ id, kind, body }: Envelope) => {
  queue = queue.then(async () => {
    let answer: Answer;
    try {
      answer = { id, reply: await handlers[kind](body as never) };
    } catch (error) {
      answer = { id, error: (error as Error).message };
    }
    parentPort!.postMessage(answer, "reply" in answer ? memoryOf(kind, answer.reply) : []);
  });
});
