export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
}

type Constructor<Arguments extends readonly unknown[], Instance> = new (...values: Arguments) => Instance;

interface WebAssemblyApi {
  /** Sizes in pages of 64 KiB. */
  readonly Memory: Constructor<[{ initial: number; maximum: number; shared: boolean }], WasmMemory>;
  readonly Module: Constructor<[Uint8Array], object>;
  readonly Instance: Constructor<
    [module: object, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>],
    { readonly exports: Readonly<Record<string, unknown>> }
  >;
}

/** WebAssembly, whose types come with a browser's library and not with Node's. */
export const webAssembly = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
