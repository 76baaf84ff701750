import { engine } from "#engine";
import type { EngineSession, KeptStates } from "./engine/engine.ts";
import { mapValues } from "./map-values.ts";
import type {
  Answer,
  Envelope,
  Kind,
  PlainFeeds,
  PlainStep,
  PlainTensor,
  Requests,
  StepBinding,
  StepPlacement,
} from "./protocol.ts";
import { RowCollector, type RowUse } from "./update/collect-rows.ts";
import { SharedUpdate, type SumRows } from "./update/shared-update.ts";

interface Bound {
  /** A run of the graph over the given versions of the states. */
  run(batch: PlainFeeds, parity: PlainStep["parity"], isFirst: boolean): Promise<void>;
  readonly replies: PlainFeeds;
  /** What the graph writes of each table. */
  readonly uses: readonly (readonly RowUse[])[];
}

/** What the graphs of a training step share. */
interface Placed {
  readonly update: SharedUpdate;
  readonly tables: readonly RowCollector[];
  readonly scale: StepPlacement["scale"];
  readonly squares: Float32Array | undefined;
}

/** Sessions on one thread, and what is asked of them. */
export interface SessionHost {
  receive(envelope: Envelope): void;
  close(): Promise<void>;
}

/** How often a model is loaded to see how long that takes. */
const loadings = 5;

type Handlers = { [K in Kind]: (body: Requests[K]["request"]) => Promise<Requests[K]["reply"]> };

/** Answers requests one after another: a session is not run twice at once, and steps keep their order. */
export function hostSessions(reply: (answer: Answer, moved: readonly ArrayBuffer[]) => void): SessionHost {
  const sessions = new Map<number, { session: EngineSession; bound?: Bound; kept?: KeptStates }>();
  let opened = 0;
  let placed: Placed | undefined;

  const runStep = async ({ session, feeds, parity, isFirst, update }: PlainStep): Promise<PlainFeeds> => {
    const { run, uses, replies } = sessions.get(session)!.bound!;
    await run(feeds, parity, isFirst);
    const tables = placed?.tables ?? [];
    for (const [i, table] of tables.entries()) {
      if (isFirst) table.take(uses[i]!);
      else table.add(uses[i]!);
    }
    // The gradients of rows are summed while they are updated, unless all sums are asked for before.
    const sumsMeanwhile = isFirst && update?.numbers !== undefined && placed?.squares === undefined;
    const sumRows: SumRows = (table, begin, end) => tables[table]!.sum(begin, end);
    if (isFirst && !sumsMeanwhile) for (const table of tables) table.sum(0, table.count);
    if (!isFirst) placed?.update.add();
    if (update?.graph) {
      if (placed?.squares) placed.squares[0] = placed.tables.reduce((sum, table) => sum + table.squares(), 0);
      const updates = sessions.get(update.graph.session)!.bound!;
      await updates.run(update.graph.feeds, { moved: parity.held, held: parity.held }, true);
    }
    if (update?.numbers) {
      const { tensor, positions = [] } = placed!.scale ?? {};
      for (const position of positions) update.numbers[position]! *= (tensor!.data as Float32Array)[0]!;
      placed!.update.run(update.numbers, sumsMeanwhile ? sumRows : undefined);
    }
    return mapValues(replies, copyOut);
  };

  const handlers: Handlers = {
    async open(request) {
      const session = await engine.open(request);
      sessions.set(opened, { session });
      const { inputs, outputs, optimized } = session;
      return { session: opened++, inputs, outputs, optimized };
    },
    async optimize(request) {
      const { optimized, release } = await engine.open({ ...request, givesOptimized: true });
      await release();
      if (optimized === undefined || engine.openHere === undefined) return undefined;
      let milliseconds = Infinity;
      // Other work on the machine makes it look slower than it is.
      for (let trial = 0; trial < loadings; trial++) {
        const begin = performance.now();
        const session = engine.openHere(optimized, request.threads);
        milliseconds = Math.min(milliseconds, performance.now() - begin);
        session.release();
      }
      return { optimized, milliseconds };
    },
    async run({ session, feeds, outputs }) {
      const begin = performance.now();
      const results = await sessions.get(session)!.session.run(feeds, outputs);
      return { results, milliseconds: performance.now() - begin };
    },
    async place({ placement }) {
      placed = placeState(placement);
      return null;
    },
    async bind({ session: id, binding }) {
      sessions.get(id)!.bound = bindSession(sessions.get(id)!.session, binding);
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
    async keep({ session: id, binding }) {
      const { session } = sessions.get(id)!;
      sessions.set(id, { session, kept: await session.keep(binding) });
      return null;
    },
    async stepsKept({ session, steps }) {
      const { kept } = sessions.get(session)!;
      const answers: PlainFeeds[] = [];
      for (const feeds of steps) answers.push(await kept!.step(feeds));
      return answers;
    },
    readKept: ({ session }) => sessions.get(session)!.kept!.read(),
    async writeKept({ session, states }) {
      sessions.get(session)!.kept!.write(states);
      return null;
    },
    endTrace: ({ session }) => sessions.get(session)!.session.endTrace(),
    async close({ session }) {
      await sessions.get(session)?.kept?.release();
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

function bindSession(session: EngineSession, { feeds, fetches, replies, uses }: StepBinding): Bound {
  const runs = new Map<string, ReturnType<EngineSession["bind"]>>();
  return {
    run(batch, { moved, held }, isFirst) {
      const key = `${moved}${held}${isFirst}`;
      const run =
        runs.get(key) ??
        session.bind(
          { ...feeds.moved[moved], ...feeds.held[held] },
          { ...fetches.moved[moved], ...fetches.gradients[isFirst ? 0 : 1] },
        );
      runs.set(key, run);
      return run(batch);
    },
    replies,
    uses: uses.map((table) =>
      table.map(({ rows, gradients }) => ({
        rows: rows.data as Int32Array,
        gradients: gradients.data as Float32Array,
      })),
    ),
  };
}

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

/** The next step writes where this one did. */
const copyOut = ({ dtype, data, shape }: PlainTensor): PlainTensor => ({
  dtype,
  data: (data as Float32Array).slice(),
  shape,
});

/** Memory that only the answer holds: it moves to the other thread instead of being copied. */
function memoryOf(kind: Kind, reply: unknown): readonly ArrayBuffer[] {
  if (kind === "optimize") {
    const { optimized } = (reply as Requests["optimize"]["reply"]) ?? {};
    return optimized ? [optimized.buffer as ArrayBuffer] : [];
  }
  if (kind !== "run" && kind !== "steps") return [];
  const answers = kind === "run" ? [(reply as Requests["run"]["reply"]).results] : (reply as readonly PlainFeeds[]);
  const tensors = answers.flatMap((results) => Object.values(results));
  const buffers = tensors.flatMap(({ data }) => (ArrayBuffer.isView(data) ? [data.buffer as ArrayBuffer] : []));
  return [...new Set(buffers)];
}
