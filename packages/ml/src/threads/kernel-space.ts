import { AthanorError } from "@athanor/core";

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface WebAssemblyApi {
  readonly Memory: new (sizes: { initial: number }) => Memory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}
const { Memory, Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
const pageBytes = 65_536;
const mostPages = 65_535;
/** For the rounding of a dozen parts. */
const spareBytes = 4096;

/** A module of WebAssembly that takes its memory as `env.memory`. */
export const compileKernel = (bytes: Uint8Array): object => new Module(bytes);

/** Memory that the functions `K` of a compiled module work on, its parts one after another. */
export class KernelSpace<K> {
  readonly kernel: K;
  readonly #memory = new Memory({ initial: 1 });
  #next = 0;

  constructor(compiled: object) {
    this.kernel = new Instance(compiled, { env: { memory: this.#memory } }).exports as K;
  }

  /**
   * Makes room and gives up what was there; what comes next holds anything at first.
   *
   * @throws `ml/too-large` beyond 4 GiB
   */
  clear(bytes: number): void {
    const pages = Math.ceil((bytes + spareBytes) / pageBytes);
    if (pages > mostPages)
      throw new AthanorError("ml/too-large", `Kernel: expected to need at most 4 GiB, got ${bytes} bytes`, {
        fix: "Give fewer rows or features at once.",
      });
    const more = pages - this.#memory.buffer.byteLength / pageBytes;
    if (more > 0) this.#memory.grow(more);
    this.#next = 0;
  }

  floats(length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, this.#take(4 * length), length);
  }

  doubles(length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, this.#take(8 * length), length);
  }

  wholes(length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, this.#take(4 * length), length);
  }

  #take(bytes: number): number {
    const at = this.#next;
    this.#next += 64 * Math.ceil(bytes / 64);
    return at;
  }
}
