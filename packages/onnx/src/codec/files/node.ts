import { closeSync, fstatSync, openSync, readSync, realpathSync, type Stats, statSync } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { AthanorError } from "@athanor/core";
import type { ReadExternal } from "../read-context.ts";
import { tooLarge } from "../too-large.ts";
import type { FileBeside, ModelFiles } from "./model-files.ts";

/** One call moves at most this much. */
const slice = 2 ** 26;

export const files: ModelFiles = {
  async readWhole(path, largest) {
    await using file = await open(path, "r");
    const { size } = await file.stat();
    if (size > largest) throw tooLarge(path, size);
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; ) {
      const { bytesRead } = await file.read(bytes, at, Math.min(slice, size - at), at);
      if (bytesRead === 0) return bytes.subarray(0, at);
      at += bytesRead;
    }
    return bytes;
  },
  beside: (path) => externalReader(dirname(resolve(path))),
  save,
};

async function save(path: string, model: Uint8Array, beside?: FileBeside): Promise<void> {
  const written = [
    ...(beside ? [{ target: join(dirname(path), beside.name), pieces: beside.pieces }] : []),
    { target: path, pieces: [model] },
  ];
  const parts = written.map((file) => ({ ...file, part: `${file.target}.${process.pid}.part` }));
  try {
    for (const { part, pieces } of parts) {
      await using file = await open(part, "w");
      for (const piece of pieces) await writeWhole(file, piece);
    }
    for (const { part, target } of parts) await rename(part, target);
  } finally {
    for (const { part } of parts) await rm(part, { force: true });
  }
}

async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at, Math.min(slice, bytes.length - at));
    at += bytesWritten;
  }
}

/**
 * Reads parts of files in a folder; a part that several tensors share is read once, and let go with the last of them. A file
 * that was saved over meanwhile has other weights at the same places.
 */
function externalReader(folder: string): ReadExternal {
  const held = new Map<string, WeakRef<Uint8Array>>();
  const states = new Map<string, string | undefined>();
  return (location) => {
    if (!states.has(location)) states.set(location, stateOf(folder, location));
    const state = states.get(location);
    return (offset, length) => {
      const key = `${offset}:${length}:${location}`;
      const known = held.get(key)?.deref();
      if (known) return known;
      const bytes = readPart(inside(folder, location), { location, state }, offset, length);
      held.set(key, new WeakRef(bytes));
      return bytes;
    };
  };
}

/** What tells a file from the one that takes its name; `undefined` where there is none, which is said when it is read. */
function stateOf(folder: string, location: string): string | undefined {
  try {
    return stateIn(statSync(inside(folder, location)));
  } catch {
    return undefined;
  }
}

const stateIn = ({ dev, ino, size, mtimeMs }: Stats): string => `${dev}:${ino}:${size}:${mtimeMs}`;

const refuse = (location: string, what: string, cause?: unknown): AthanorError =>
  new AthanorError("onnx/external-data", `ONNX: expected ${what}, got ${location || "no path"}`, {
    fix: "Keep the data files that the model was saved with beside it.",
    details: { location },
    cause,
  });

const savedOver = (location: string): AthanorError =>
  new AthanorError(
    "onnx/external-data",
    `ONNX: expected ${location} as it was when the model was opened, got another file`,
    {
      fix: "Open the model again, or save over its files only after what was opened is no longer needed.",
      details: { location },
    },
  );

/** Links are followed before the folder is compared, so that none leads out of it. */
function inside(folder: string, location: string): string {
  if (location === "" || isAbsolute(location) || location.includes("\0"))
    throw refuse(location, "a data file beside the model");
  let path: string;
  try {
    path = realpathSync(resolve(folder, location));
  } catch (cause) {
    throw refuse(location, "a data file that exists", cause);
  }
  const way = relative(realpathSync(folder), path);
  if (way === "" || way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way))
    throw refuse(location, `a data file inside ${basename(folder)}`);
  return path;
}

interface ExternalFile {
  readonly location: string;
  /** How the file was when the model was opened, where it was there. */
  readonly state: string | undefined;
}

function readPart(path: string, { location, state }: ExternalFile, offset: number, length: number): Uint8Array {
  const file = openSync(path, "r");
  try {
    if (state !== undefined && stateIn(fstatSync(file)) !== state) throw savedOver(location);
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      const read = readSync(file, bytes, at, Math.min(slice, length - at), offset + at);
      if (read === 0) throw refuse(location, `a data file of at least ${offset + length} bytes`);
      at += read;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}
