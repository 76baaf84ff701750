import {
  arrayOf,
  type DType,
  numbersPerElement,
  shareableBuffer,
  sizeOf,
  Tensor,
  type TensorData,
} from "@athanor/core";

/** What every element type divides, and a line of the processor's cache. */
const alignment = 64;

interface Seat {
  readonly dtype: DType;
  readonly shape: readonly number[];
}

/** Tensors of any content in shared memory, and the memory that they lie in. */
export interface Seats<Name extends string = string> {
  readonly tensors: Readonly<Record<Name, Tensor>>;
  readonly memory: ArrayBufferLike;
}

/**
 * Pieces of shared memory that are used again, whatever lies in them: garbage of this kind does not make the engine collect
 * any, since it does not know who else holds it.
 */
export class SeatMemory {
  readonly #most: number;
  readonly #free: ArrayBufferLike[] = [];

  /** Of the pieces that are free at once, `most` are kept. */
  constructor(most = Infinity) {
    this.#most = most;
  }

  take(seats: Readonly<Record<string, Seat>>): Seats {
    const sizes = Object.values(seats).map(bytesOf);
    const memory = this.#piece(sizes.reduce((sum, bytes) => sum + aligned(bytes), 0));
    let at = 0;
    const tensors = Object.entries(seats).map(([name, { dtype, shape }], i) => {
      const Elements = arrayOf(dtype as "float32");
      const data = new Elements(memory, at, sizes[i]! / Elements.BYTES_PER_ELEMENT) as TensorData;
      at += aligned(sizes[i]!);
      return [name, new Tensor(dtype, data, shape)];
    });
    return { tensors: Object.fromEntries(tensors), memory };
  }

  give({ memory }: Seats): void {
    if (this.#free.length < this.#most) this.#free.push(memory);
  }

  /** The smallest that is large enough; where none is, the smallest of all makes room for a new one. */
  #piece(bytes: number): ArrayBufferLike {
    this.#free.sort((a, b) => a.byteLength - b.byteLength);
    const at = this.#free.findIndex(({ byteLength }) => byteLength >= bytes);
    const [found] = this.#free.splice(Math.max(0, at), 1);
    return at < 0 ? shareableBuffer(bytes) : found!;
  }
}

const bytesOf = ({ dtype, shape }: Seat): number =>
  sizeOf(shape) * numbersPerElement(dtype) * arrayOf(dtype as "float32").BYTES_PER_ELEMENT;

const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;
