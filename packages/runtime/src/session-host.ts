import { engine } from "#engine";
import type { EngineSession } from "./engine/engine.ts";
import type { Answer, Envelope, Kind, PlainFeeds, PlainTable, PlainTensor, Requests, StepBinding } from "./protocol.ts";
import { RowCollector } from "./update/collect-rows.ts";
import { SharedUpdate } from "./update/shared-update.ts";

interface Bound {
  readonly binding: StepBinding;
  /** A run of the graph for either parity. */
  readonly runs: readonly ((batch: PlainFeeds) => Promise<void>)[];
  readonly update: SharedUpdate | undefined;
  /** Sums the gradients of tables by row. */
  readonly collect: () => void;
}

/** Sessions on one thread, and what is asked of them. */
export interface SessionHost {
  receive(envelope: Envelope): void;
  close(): Promise<void>;
}

type Handlers = { [K in Kind]: (body: Requests[K]["request"]) => Promise<Requests[K]["reply"]> };

/** Answers requests one after another: a session is not run twice at once, and steps keep their order. */
export function hostSessions(reply: (answer: Answer, moved: readonly ArrayBuffer[]) => void): SessionHost {
  const sessions = new Map<number, { session: EngineSession; bound?: Bound }>();
  let opened = 0;

  const handlers: Handlers = {
    async open(request) {
      const session = await engine.open(request);
      sessions.set(opened, { session });
      return { session: opened++, inputs: session.inputs, outputs: session.outputs };
    },
    run: ({ session, feeds, outputs }) => sessions.get(session)!.session.run(feeds, outputs),
    async bind({ session: id, binding }) {
      const { feeds, fetches, replies, update } = binding;
      const { session } = sessions.get(id)!;
      const written = { ...replies, ...(update?.scale ? { [update.scale.output]: update.scale.tensor } : {}) };
      sessions.get(id)!.bound = {
        binding,
        runs: feeds.map((states, parity) => session.bind(states, { ...fetches[parity], ...written })),
        update: update && new SharedUpdate(update.plan),
        collect: collectorOf(update?.tables ?? []),
      };
      return null;
    },
    async steps({ session, parity, steps }) {
      const { binding, runs, update, collect } = sessions.get(session)!.bound!;
      const answers: PlainFeeds[] = [];
      for (const [i, { feeds: batch, numbers }] of steps.entries()) {
        await runs[(parity + i) % 2]!(batch);
        collect();
        const { tensor, positions = [] } = binding.update?.scale ?? {};
        for (const position of positions) numbers![position] = (tensor!.data as Float32Array)[0]!;
        update?.run(numbers!);
        answers.push(
          Object.fromEntries(Object.entries(binding.replies).map(([name, value]) => [name, copyOut(value)])),
        );
      }
      return answers;
    },
    endTrace: ({ session }) => sessions.get(session)!.session.endTrace(),
    async close({ session }) {
      await sessions.get(session)?.session.release();
      sessions.delete(session);
      return null;
    },
  };

  let queue: Promise<void> = Promise.resolve();
  return {
    receive({ id, kind, body }) {
      queue = queue.then(async () => {
        try {
          const answer = await handlers[kind](body as never);
          reply({ id, reply: answer }, memoryOf(kind, answer));
        } catch (error) {
          reply({ id, error: (error as Error).message }, []);
        }
      });
    },
    async close() {
      await queue;
      for (const session of sessions.keys()) await handlers.close({ session });
    },
  };
}

/** The next step writes where this one did. */
const copyOut = ({ dtype, data, shape }: PlainTensor): PlainTensor => ({
  dtype,
  data: (data as Float32Array).slice(),
  shape,
});

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

/** Memory that only the answer holds: it moves to the other thread instead of being copied. */
function memoryOf(kind: Kind, reply: unknown): readonly ArrayBuffer[] {
  if (kind !== "run" && kind !== "steps") return [];
  const tensors = [reply].flat().flatMap((results) => Object.values(results as PlainFeeds));
  const buffers = tensors.flatMap(({ data }) => (ArrayBuffer.isView(data) ? [data.buffer as ArrayBuffer] : []));
  return [...new Set(buffers)];
}
