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
  /** Whole numbers: the round, the next piece to take, the pieces that are done. */
  readonly control: ArrayBufferLike;
  /** The kernels' numbers, group after group. */
  readonly numbers: ArrayBufferLike;
}

type Kernel = (begin: number, end: number, ...numbers: number[]) => void;

interface Piece {
  readonly run: (numbers: readonly number[]) => void;
  readonly from: number;
  readonly arity: number;
}

/** Bytes of a stream that a thread takes at once: small enough to share evenly, large enough to be worth a turn. */
const pieceBytes = 64 * 1024;
/** Parts that touched rows are shared in. */
const rowPieces = 16;
const at = { round: 0, next: 1, done: 2 } as const;

/** Tickets from here on are for pieces of sums: a thread that wakes late must not take one for a piece of an update. */
const firstSum = 2 ** 20;

/** Updates parameters piece by piece; every thread numbers the pieces alike. */
export class SharedUpdate {
  readonly #updates: readonly Piece[];
  readonly #sums: readonly Piece[];
  readonly #control: Int32Array;
  readonly #numbers: Float64Array;

  constructor({ groups, control, numbers }: UpdatePlan) {
    this.#control = new Int32Array(control);
    this.#numbers = new Float64Array(numbers);
    let from = 0;
    this.#updates = groups.flatMap((group) => {
      if (group.update === undefined) return [];
      const { kernel, arity } = group.update;
      const numbersFrom = from;
      from += arity;
      return runsOf(group, kernelOf(group, kernel)).map((run) => ({ run, from: numbersFrom, arity }));
    });
    this.#sums = groups.flatMap((group) => {
      if (group.add === undefined) return [];
      const add = kernelOf(group, group.add);
      return runsOf(group, add).map((run) => ({ run: () => run([1]), from: 0, arity: 0 }));
    });
  }

  /** Lets every thread take part in one update, and returns when all of it is done. */
  run(numbers: Float64Array): void {
    this.#numbers.set(numbers);
    this.#share(0, this.#updates.length);
  }

  /** Lets every thread take part in adding the gradients of one more batch. */
  add(): void {
    this.#share(firstSum, this.#sums.length);
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

  #share(first: number, count: number): void {
    Atomics.store(this.#control, at.done, 0);
    Atomics.store(this.#control, at.next, first);
    Atomics.add(this.#control, at.round, 1);
    Atomics.notify(this.#control, at.round);
    this.#takePieces();
    while (Atomics.load(this.#control, at.done) < count);
  }

  #takePieces(): void {
    while (true) {
      const ticket = Atomics.add(this.#control, at.next, 1);
      const piece = ticket < firstSum ? this.#updates[ticket] : this.#sums[ticket - firstSum];
      if (piece === undefined) return;
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
  return Array.from({ length: rowPieces }, (_, i) => (numbers) => {
    const [first, last] = [i, i + 1].map((piece) => Math.floor((piece * touched[0]!) / rowPieces)) as [number, number];
    for (let k = first; k < last; k++) {
      const row = begin + touched[1 + k]! * rows.bytes;
      update(row, row + rows.bytes, ...numbers);
    }
  });
}
