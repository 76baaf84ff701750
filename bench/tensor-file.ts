import { writeFileSync } from "node:fs";
import type { Tensor } from "@athanor/core";

/** Where a tensor lies in a file of raw bytes. */
interface Place {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly bytes: number;
}

/** Writes tensors one after another, little-endian, and says where each lies, for a peer to map. */
export function writeTensorFile(path: string, tensors: Readonly<Record<string, Tensor>>): Record<string, Place> {
  const parts: Uint8Array[] = [];
  const places: Record<string, Place> = {};
  let offset = 0;
  for (const [name, { dtype, data, shape }] of Object.entries(tensors)) {
    const { buffer, byteOffset, byteLength } = data as Float32Array;
    parts.push(new Uint8Array(buffer, byteOffset, byteLength));
    places[name] = { dtype, shape, offset, bytes: byteLength };
    offset += byteLength;
  }
  writeFileSync(path, Buffer.concat(parts));
  return places;
}
