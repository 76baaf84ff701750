/** Takes bytes and text in pieces and gives the SHA-256 of all as hexadecimal digits. */
export interface Hash {
  update(piece: Uint8Array | string): unknown;
  digest(encoding: "hex"): string;
}

/** What the system below gives this package; `node.ts` and `browser.ts` each export one, chosen by the conditions of package.json. */
export interface Platform {
  sha256(): Hash;
  /** Calls back after timers and input had their turn. */
  soon(callback: () => void): void;
  /** The most memory that the process has held so far; a browser does not tell. */
  peakMemoryBytes(): number | undefined;
}
