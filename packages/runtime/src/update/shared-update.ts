import { type WasmMemory, webAssembly } from "./web-assembly.ts";

/** Parameters that one kernel updates: streams side by side in one memory. */
export interface UpdateGroup {
  readonly memory: WasmMemory;
  /** `arity` is how many numbers the kernel takes beside its range: the gradient's scale and the program's scalars. */
  readonly update?: { readonly kernel: Uint8Array; readonly arity: number };
  /** The kernel that adds the gradients of one more batch. */
  readonly add?: Uint8Array;
  /** Bytes of the first stream. */
  readonly begin: number;
  readonly end: number;
  /** Of a table of which only some rows are updated. */
  readonly rows?: TouchedRows;
}

export interface TouchedRows {
  readonly bytes: number;
  /** How many rows are touched, then which, as whole numbers. */
  readonly touched: ArrayBufferLike;
}

/** What the threads of one training step share to update its parameters. */
export interface UpdatePlan {
  readonly groups: readonly UpdateGroup[];
  /** Whole numbers: the round, the next piece to take, the pieces that are done, those that may be taken. */
  readonly control: ArrayBufferLike;
  /** The kernels' numbers, group after group. */
  readonly numbers: ArrayBufferLike;
}

type Kernel = (begin: number, end: number, ...numbers: number[]) => void;

interface Piece {
  readonly run: (numbers: readonly number[]) => void;
  readonly from: number;
  readonly arity: number;
  /** The rows that it updates, if it does so by row. */
  readonly rows?: RowPiece | undefined;
}

interface RowPiece {
  /** Which of the tables, and which of its parts. */
  readonly table: number;
  readonly part: number;
}

/** Makes the gradients of some of a table's touched rows, counted in their order. */
export type SumRows = (table: number, begin: number, end: number) => void;

/** Bytes of a stream that a thread takes at once: small enough to share evenly, large enough to be worth a turn. */
const pieceBytes = 64 * 1024;
/** Parts that touched rows are shared in. */
const rowPieces = 64;
const at = { round: 0, next: 1, done: 2, ready: 3 } as const;
export const controlBytes = 4 * Int32Array.BYTES_PER_ELEMENT;

/** Tickets from here on are for pieces of sums: a thread that wakes late must not take one for a piece of an update. */
const firstSum = 2 ** 20;

/** Updates parameters piece by piece; every thread numbers the pieces alike. */
export class SharedUpdate {
  readonly #updates: readonly Piece[];
  readonly #sums: readonly Piece[];
  readonly #control: Int32Array;
  readonly #numbers: Float64Array;
  /** By table: how many rows are touched, then which. */
  readonly #touched: readonly Int32Array[];

  constructor({ groups, control, numbers }: UpdatePlan) {
    this.#control = new Int32Array(control);
    this.#numbers = new Float64Array(numbers);
    let from = 0;
    const tables = groups.filter(({ rows }) => rows !== undefined);
    this.#touched = tables.map(({ rows }) => new Int32Array(rows!.touched));
    const updates = groups.flatMap((group): readonly Piece[] => {
      if (group.update === undefined) return [];
      const { kernel, arity } = group.update;
      const numbersFrom = from;
      from += arity;
      const table = tables.indexOf(group);
      return runsOf(group, kernelOf(group, kernel)).map((run, part) => ({
        run,
        from: numbersFrom,
        arity,
        rows: table < 0 ? undefined : { table, part },
      }));
    });
    this.#updates = [...updates.filter(({ rows }) => !rows), ...updates.filter(({ rows }) => rows)];
    this.#sums = groups.flatMap((group) => {
      if (group.add === undefined) return [];
      const add = kernelOf(group, group.add);
      return runsOf(group, add).map((run) => ({ run: () => run([1]), from: 0, arity: 0 }));
    });
  }

  /**
   * Lets every thread take part in one update, and returns when all of it is done.
   *
   * @param sumRows makes the gradients of rows while other threads already update those before
   */
  run(numbers: Float64Array, sumRows?: SumRows): void {
    this.#numbers.set(numbers);
    const whole = this.#updates.length;
    this.#share(0, whole, sumRows ? this.#updates.filter(({ rows }) => !rows).length : whole, (ready) => {
      const { table, part } = this.#updates[ready]!.rows!;
      sumRows!(table, ...partOf(this.#touched[table]!, part));
    });
  }

  /** Lets every thread take part in adding the gradients of one more batch. */
  add(): void {
    this.#share(firstSum, this.#sums.length, this.#sums.length);
  }

  /** Takes part in every update, forever; for threads that do nothing else. */
  serve(): never {
    let round = 0;
    while (true) {
      Atomics.wait(this.#control, at.round, round);
      round = Atomics.load(this.#control, at.round);
      this.#takePieces();
    }
  }

  /** Lets threads take pieces, of which so many are ready; each other is made ready first. */
  #share(first: number, count: number, ready: number, prepare?: (piece: number) => void): void {
    Atomics.store(this.#control, at.done, 0);
    Atomics.store(this.#control, at.ready, ready);
    Atomics.store(this.#control, at.next, first);
    Atomics.add(this.#control, at.round, 1);
    Atomics.notify(this.#control, at.round);
    for (let piece = ready; piece < count; piece++) {
      prepare!(piece);
      Atomics.store(this.#control, at.ready, piece + 1);
    }
    this.#takePieces();
    while (Atomics.load(this.#control, at.done) < count);
  }

  #takePieces(): void {
    while (true) {
      const ticket = Atomics.add(this.#control, at.next, 1);
      const piece = ticket < firstSum ? this.#updates[ticket] : this.#sums[ticket - firstSum];
      if (piece === undefined) return;
      if (piece.rows) while (ticket >= Atomics.load(this.#control, at.ready));
      piece.run(Array.from(this.#numbers.subarray(piece.from, piece.from + piece.arity)));
      Atomics.add(this.#control, at.done, 1);
    }
  }
}

function kernelOf({ memory }: UpdateGroup, kernel: Uint8Array): Kernel {
  const instance = new webAssembly.Instance(new webAssembly.Module(kernel), { env: { memory } });
  return (instance.exports as { readonly update: Kernel }).update;
}

function runsOf({ begin, end, rows }: UpdateGroup, update: Kernel): readonly Piece["run"][] {
  if (rows === undefined) {
    return Array.from({ length: Math.ceil((end - begin) / pieceBytes) }, (_, i) => {
      const first = begin + i * pieceBytes;
      const last = Math.min(end, first + pieceBytes);
      return (numbers) => update(first, last, ...numbers);
    });
  }
  const touched = new Int32Array(rows.touched);
  return Array.from({ length: rowPieces }, (_, part) => (numbers) => {
    const [first, last] = partOf(touched, part);
    for (let k = first; k < last; k++) {
      const row = begin + touched[1 + k]! * rows.bytes;
      update(row, row + rows.bytes, ...numbers);
    }
  });
}

/** Where a part of the touched rows begins and ends. */
const partOf = ([count]: Int32Array, part: number): [begin: number, end: number] => [
  Math.floor((part * count!) / rowPieces),
  Math.floor(((part + 1) * count!) / rowPieces),
];
