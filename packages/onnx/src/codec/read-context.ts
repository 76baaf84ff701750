import { AthanorError } from "@athanor/core";
import { remember } from "./source-bytes.ts";
import { malformed } from "./wire.ts";

/** Where a tensor's data lies in another file. */
export interface ExternalData {
  readonly location: string;
  readonly offset: number;
  /** Absent where it runs as far as the tensor's shape says. */
  readonly length: number | undefined;
}

/** A file beside the model as it is now: reads parts of it later. */
export type ReadExternal = (location: string) => ReadPart;

/** @throws `onnx/external-data` where the file is missing, too short or no longer the same */
export type ReadPart = (offset: number, length: number) => Uint8Array;

/** What a weight is read by at a time on its way to another file. */
const pieceLength = 2 ** 22;

/** Bodies of bodies that are read; the runtime and other readers stop there as well. */
const deepest = 100;

/** What the reading of one model shares. */
export class ReadContext {
  readonly #external: ReadExternal | undefined;
  #externalCount = 0;
  #depth = 0;

  constructor(external?: ReadExternal) {
    this.#external = external;
  }

  /** Reads a part and remembers its bytes. */
  part<T extends object>(bytes: Uint8Array, read: () => T, nameOf: (part: T) => string = () => ""): T {
    const before = this.#externalCount;
    const part = read();
    return remember(part, { bytes, name: nameOf(part), isExternal: this.#externalCount > before });
  }

  nested<T>(read: () => T): T {
    if (this.#depth >= deepest) throw malformed(`at most ${deepest} bodies inside one another`, 0);
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }

  /** Readers for data in another file, which is opened only when the data is asked for. */
  external(
    name: string,
    data: ExternalData,
    length: number,
  ): { readonly load: () => Uint8Array; readonly pieces: () => Iterable<Uint8Array> } {
    this.#externalCount += 1;
    if (data.length !== undefined && data.length !== length)
      throw malformed(`${length} bytes of other data for ${name || "a tensor"}`, data.offset);
    const read = this.#external?.(data.location);
    const part = (start: number, size: number): Uint8Array => {
      if (read) return read(data.offset + start, size);
      throw new AthanorError(
        "onnx/external-data",
        `ONNX: expected the data of ${name || "a tensor"} inside the file, got a reference to ${data.location}`,
        {
          fix: "Open the model with openModelFile, which knows its folder; in a browser, save the model as one file first.",
          details: { tensor: name, ...data },
        },
      );
    };
    return {
      load: () => part(0, length),
      *pieces() {
        for (let at = 0; at < length; at += pieceLength) yield part(at, Math.min(pieceLength, length - at));
      },
    };
  }
}
