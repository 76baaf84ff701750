import { parentPort } from "node:worker_threads";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import type { Answer, Envelope, Kind, PlainFeeds, PlainTensor, Requests, StepBuffers } from "./protocol.ts";
import type { Port } from "./session.ts";

// The runtime's binding takes a Float16Array for empty; where the class is missing, half precision travels as its 16 bits.
Reflect.deleteProperty(globalThis, "Float16Array");

interface Bound {
  readonly buffers: StepBuffers;
  /** Feeds and fetches of the states, for either parity. */
  readonly feeds: readonly Record<string, OrtTensor>[];
  readonly fetches: readonly Record<string, OrtTensor | null>[];
}

const sessions = new Map<number, { session: InferenceSession; bound?: Bound }>();
let opened = 0;

const toOrt = ({ dtype, data, shape }: PlainTensor): OrtTensor =>
  new OrtTensor(dtype as "float32", data as Float32Array, shape);
const toPlain = ({ type, data, dims }: OrtTensor): PlainTensor => ({
  dtype: type as PlainTensor["dtype"],
  data,
  shape: dims,
});
const mapValues = <A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
const ports = (metadata: readonly InferenceSession.ValueMetadata[]): readonly Port[] =>
  metadata.map((value) => ({
    name: value.name,
    dtype: (value.isTensor ? value.type : "float32") as Port["dtype"],
    shape: value.isTensor ? value.shape : undefined,
  }));

type Handlers = { [K in Kind]: (body: Requests[K]["request"]) => Promise<Requests[K]["reply"]> };

const handlers: Handlers = {
  async open({ bytes, threads, isTraining, isDouble = false }) {
    const session = await InferenceSession.create(bytes, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: "sequential",
      logSeverityLevel: 3,
      graphOptimizationLevel: isTraining ? "basic" : "all",
      enableMemPattern: isTraining,
      extra: {
        session: { set_denormal_as_zero: "1", intra_op: { dynamic_block_base: "4" } },
        // It rounds the scale of a product to single precision.
        ...(isDouble ? { optimization: { disable_specified_optimizers: "MatMulScaleFusion" } } : {}),
      },
    });
    sessions.set(opened, { session });
    return { session: opened++, inputs: ports(session.inputMetadata), outputs: ports(session.outputMetadata) };
  },
  async run({ session, feeds, outputs }) {
    const results = await sessions.get(session)!.session.run(mapValues(feeds, toOrt), [...outputs]);
    return mapValues(results as Record<string, OrtTensor>, toPlain);
  },
  async bind({ session, buffers }) {
    const version = (parity: 0 | 1) =>
      Object.fromEntries(buffers.states.map(({ name, versions }) => [name, toOrt(versions[parity])]));
    const written = (parity: 0 | 1) => ({
      ...Object.fromEntries(buffers.states.map(({ name, versions }) => [`${name}'`, toOrt(versions[parity])])),
      ...Object.fromEntries([buffers.loss, ...buffers.metrics].map((name) => [name, null])),
    });
    sessions.get(session)!.bound = { buffers, feeds: [version(0), version(1)], fetches: [written(1), written(0)] };
    return null;
  },
  async steps({ session, parity, batches }) {
    const { session: runner, bound } = sessions.get(session)!;
    const { buffers, feeds, fetches } = bound!;
    const replies: PlainFeeds[] = [];
    for (const [i, batch] of batches.entries()) {
      const from = (parity + i) % 2;
      const results = await runner.run({ ...mapValues(batch, toOrt), ...feeds[from]! }, fetches[from]!);
      replies.push(
        Object.fromEntries(
          [buffers.loss, ...buffers.metrics].map((name) => [name, toPlain(results[name] as OrtTensor)]),
        ),
      );
    }
    return replies;
  },
  async close({ session }) {
    await sessions.get(session)?.session.release();
    sessions.delete(session);
    return null;
  },
};

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
    parentPort!.postMessage(answer);
  });
});
