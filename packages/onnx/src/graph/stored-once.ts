import type { StoredTensor } from "../stored-tensor.ts";
import type { Value } from "./built-node.ts";

/** One value for weights of the same content; weights of one shape seldom begin alike, so that little of them is compared. */
export class StoredOnce {
  readonly #byType = new Map<string, { readonly bytes: Uint8Array; readonly value: Value }[]>();

  /** The value that stands for a weight's content, which is stored unless it is already. */
  valueOf(weight: StoredTensor, store: () => Value): Value {
    if (!("bytes" in weight)) return store();
    const { bytes } = weight;
    const type = `${weight.dtype}:${weight.shape.join()}`;
    const alike = this.#byType.get(type) ?? [];
    const known = alike.find((other) => isSame(other.bytes, bytes));
    if (known) return known.value;
    const value = store();
    this.#byType.set(type, [...alike, { bytes, value }]);
    return value;
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  if (a.buffer === b.buffer && a.byteOffset === b.byteOffset) return true;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
