import { type WasmMemory, webAssembly } from "./web-assembly.ts";

/** Parameters that one kernel updates: streams side by side in one memory. */
export interface UpdateGroup {
  readonly memory: WasmMemory;
  readonly kernel: Uint8Array;
  /** How many numbers the kernel takes beside its range: the gradient's scale and the program's scalars. */
  readonly arity: number;
  /** Bytes of the first stream. */
  readonly begin: number;
  readonly end: number;
}

/** What the threads of one training step share to update its parameters. */
export interface UpdatePlan {
  readonly groups: readonly UpdateGroup[];
  /** Whole numbers: the round, the next piece to take, the pieces that are done. */
  readonly control: SharedArrayBuffer;
  /** The kernels' numbers, group after group. */
  readonly numbers: SharedArrayBuffer;
}

interface Piece {
  readonly update: (begin: number, end: number, ...numbers: number[]) => void;
  readonly begin: number;
  readonly end: number;
  readonly from: number;
  readonly arity: number;
}

/** Bytes of a stream that a thread takes at once: small enough to share evenly, large enough to be worth a turn. */
const pieceBytes = 64 * 1024;
const at = { round: 0, next: 1, done: 2 } as const;

/** Floats in the pieces' order; the same on every thread. */
export class SharedUpdate {
  readonly #pieces: readonly Piece[];
  readonly #control: Int32Array;
  readonly #numbers: Float64Array;

  constructor({ groups, control, numbers }: UpdatePlan) {
    this.#control = new Int32Array(control);
    this.#numbers = new Float64Array(numbers);
    let from = 0;
    this.#pieces = groups.flatMap(({ memory, kernel, arity, begin, end }) => {
      const module = new webAssembly.Module(kernel);
      const { update } = new webAssembly.Instance(module, { env: { memory } }).exports as Pick<Piece, "update">;
      const numbersFrom = from;
      from += arity;
      return Array.from({ length: Math.ceil((end - begin) / pieceBytes) }, (_, i) => ({
        update,
        begin: begin + i * pieceBytes,
        end: Math.min(end, begin + (i + 1) * pieceBytes),
        from: numbersFrom,
        arity,
      }));
    });
  }

  get pieceCount(): number {
    return this.#pieces.length;
  }

  /** Lets every thread take part in one update, and returns when all of it is done. */
  run(numbers: Float64Array): void {
    this.#numbers.set(numbers);
    Atomics.store(this.#control, at.done, 0);
    Atomics.store(this.#control, at.next, 0);
    Atomics.add(this.#control, at.round, 1);
    Atomics.notify(this.#control, at.round);
    this.#takePieces();
    while (Atomics.load(this.#control, at.done) < this.#pieces.length);
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

  #takePieces(): void {
    while (true) {
      const piece = this.#pieces[Atomics.add(this.#control, at.next, 1)];
      if (piece === undefined) return;
      piece.update(piece.begin, piece.end, ...this.#numbers.subarray(piece.from, piece.from + piece.arity));
      Atomics.add(this.#control, at.done, 1);
    }
  }
}
