import { platform } from "#platform";
import type { Hash } from "./platform/platform.ts";
import type { Slices } from "./slices.ts";

/** Returns the SHA-256 of bytes or text as 64 hexadecimal digits. */
export const hashBytes = (bytes: Uint8Array | string): string => {
  const hash = platform.sha256();
  hash.update(bytes);
  return hash.digest("hex");
};

/** The SHA-256 of bytes, of which there may be many, bit by bit. */
export function* hashSlices(bytes: Uint8Array): Slices<string> {
  const hash = platform.sha256();
  for (let at = 0; at < bytes.length; at += hashedBytes) {
    hash.update(bytes.subarray(at, at + hashedBytes));
    yield;
  }
  return hash.digest("hex");
}

/** Bytes that are hashed in about half a millisecond. */
const hashedBytes = 2 ** 18;

/**
 * Returns a hash of plain data: equal values give equal hashes, whatever the order of their keys.
 *
 * Functions count by their source text, typed arrays by their bytes, `undefined` members not at all.
 */
export function contentHash(value: unknown): string {
  const hash = new JoinedHash(platform.sha256());
  feed(hash, value);
  return hash.digest();
}

/** Joins pieces of text, as it takes longer to begin hashing one than to hash it. */
class JoinedHash {
  readonly #hash: Hash;
  #text = "";

  constructor(hash: Hash) {
    this.#hash = hash;
  }

  update(piece: Uint8Array | string): void {
    if (typeof piece === "string") this.#text += piece;
    if (typeof piece === "string" && this.#text.length < joinedLength) return;
    this.#hash.update(this.#text);
    this.#text = "";
    if (typeof piece !== "string") this.#hash.update(piece);
  }

  digest(): string {
    this.#hash.update(this.#text);
    return this.#hash.digest("hex");
  }
}

/** Characters of text that are hashed at once. */
const joinedLength = 2 ** 14;

function feed(hash: JoinedHash, value: unknown): void {
  if (ArrayBuffer.isView(value)) {
    hash.update(`${value.constructor.name}:${value.byteLength}:`);
    hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  } else if (Array.isArray(value)) {
    hash.update(`[${value.length}:`);
    for (const item of value) feed(hash, item);
  } else if (value instanceof Date) {
    hash.update(`date:${value.getTime()};`);
  } else if (value instanceof Map) {
    feed(hash, [...value]);
  } else if (value instanceof Set) {
    feed(hash, [...value]);
  } else if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    members.sort(([a], [b]) => (a < b ? -1 : 1));
    hash.update(`{${members.length}:`);
    for (const [key, member] of members) {
      feed(hash, key);
      feed(hash, member);
    }
  } else {
    const printed = String(value);
    hash.update(`${typeof value}:${printed.length}:${printed};`);
  }
}
