import { AthanorError } from "@athanor/core";

/** Memory that threads share, as WebAssembly wants it. */
export interface KernelMemory {
  readonly buffer: SharedArrayBuffer;
  /** Adds pages and returns how many there were before. */
  grow(pages: number): number;
}

export const pageBytes = 65_536;
const mostPages = 65_536;

/** @throws `ml/too-large` beyond 4 GiB */
export function sharedMemory(owner: string, bytes: number): KernelMemory {
  const { Memory } = (
    globalThis as unknown as {
      readonly WebAssembly: {
        readonly Memory: new (sizes: { initial: number; maximum: number; shared: true }) => KernelMemory;
      };
    }
  ).WebAssembly;
  const pages = Math.ceil(bytes / pageBytes) + 1;
  if (pages > mostPages)
    throw new AthanorError("ml/too-large", `${owner}: expected to need at most 4 GiB, got ${bytes} bytes`, {
      fix: "Fit on fewer rows or features.",
    });
  return new Memory({ initial: pages, maximum: mostPages, shared: true });
}
