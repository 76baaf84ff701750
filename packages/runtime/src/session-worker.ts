import { parentPort } from "node:worker_threads";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { isStopped, stopOutput } from "./conversion-stop.ts";
import type { Answer, Envelope, Kind, PlainFeeds, PlainTable, PlainTensor, Requests, StepBinding } from "./protocol.ts";
import type { Port } from "./session.ts";
import { RowCollector } from "./update/collect-rows.ts";
import { SharedUpdate } from "./update/shared-update.ts";

// The runtime's binding takes a Float16Array for empty; where the class is missing, half precision travels as its 16 bits.
Reflect.deleteProperty(globalThis, "Float16Array");

/** Rewrites of the runtime that hold for single precision only: one rounds a scale to it, one wants a kernel that is not there. */
const withoutSingle = { optimization: { disable_specified_optimizers: "MatMulScaleFusion;QuickGeluFusion" } };

interface Bound {
  readonly binding: StepBinding;
  /** Feeds and fetches of the states, for either parity. */
  readonly feeds: readonly Record<string, OrtTensor>[];
  readonly fetches: readonly Record<string, OrtTensor | null>[];
  readonly update: SharedUpdate | undefined;
  /** Sums the gradients of tables by row. */
  readonly collect: () => void;
}

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

function collectorOf(tables: readonly PlainTable[]): () => void {
  const collectors = tables.map(({ uses, sums, touched }) => {
    const width = sums.shape.slice(1).reduce((product, length) => product * length, 1);
    const collector = new RowCollector({ sums: sums.data as Float32Array, width, touched: new Int32Array(touched) });
    const read = uses.map(({ rows, gradients }) => ({
      rows: rows.data as Int32Array,
      gradients: gradients.data as Float32Array,
    }));
    return () => collector.collect(read);
  });
  return () => {
    for (const collect of collectors) collect();
  };
}

type Handlers = { [K in Kind]: (body: Requests[K]["request"]) => Promise<Requests[K]["reply"]> };

const handlers: Handlers = {
  async open({ bytes, threads, isTraining, isDouble = false, trace }) {
    const session = await InferenceSession.create(bytes, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: "sequential",
      logSeverityLevel: 3,
      graphOptimizationLevel: isTraining ? "basic" : "all",
      // A pattern of memory is a second copy of it: the first run has allocated each value for itself.
      enableMemPattern: false,
      ...(trace === undefined ? {} : { enableProfiling: true, profileFilePrefix: trace }),
      extra: {
        session: {
          set_denormal_as_zero: "1",
          force_spinning_stop: isTraining ? "1" : "0",
          intra_op: { dynamic_block_base: "4" },
        },
        ...(isDouble ? withoutSingle : {}),
      },
    });
    sessions.set(opened, { session });
    return { session: opened++, inputs: ports(session.inputMetadata), outputs: ports(session.outputMetadata) };
  },
  async run({ session, feeds, outputs }) {
    const results = await sessions.get(session)!.session.run(mapValues(feeds, toOrt), [...outputs]);
    return mapValues(results as Record<string, OrtTensor>, toPlain);
  },
  async bind({ session, binding }) {
    const { feeds, fetches, replies, update } = binding;
    const written = { ...replies, ...(update?.scale ? { [update.scale.output]: update.scale.tensor } : {}) };
    sessions.get(session)!.bound = {
      binding,
      feeds: feeds.map((states) => mapValues(states, toOrt)),
      fetches: fetches.map((states) => ({ [stopOutput]: null, ...mapValues({ ...states, ...written }, toOrt) })),
      update: update && new SharedUpdate(update.plan),
      collect: collectorOf(update?.tables ?? []),
    };
    return null;
  },
  async steps({ session, parity, steps }) {
    const { session: runner, bound } = sessions.get(session)!;
    const { binding, feeds, fetches, update, collect } = bound!;
    const answers: PlainFeeds[] = [];
    for (const [i, { feeds: batch, numbers }] of steps.entries()) {
      const from = (parity + i) % 2;
      try {
        await runner.run({ ...mapValues(batch, toOrt), ...feeds[from]! }, fetches[from]!);
      } catch (error) {
        if (!isStopped(error)) throw error;
      }
      collect();
      const { tensor, positions = [] } = binding.update?.scale ?? {};
      for (const position of positions) numbers![position] = (tensor!.data as Float32Array)[0]!;
      update?.run(numbers!);
      answers.push(mapValues(binding.replies, copyOut));
    }
    return answers;
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
