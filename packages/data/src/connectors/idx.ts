import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { AthanorError, required, Tensor, text } from "@athanor/core";
import { defineConnector } from "../define-connector.ts";
import { findFiles, fingerprintFiles } from "../find-files.ts";
import type { ImageBatch } from "./images.ts";

const batchSize = 1024;
const [bytesOf, dimensionsOf] = [0x08, 3];

/** Grey pictures in the IDX format of MNIST, with a file of their labels; either may be packed by gzip. */
export const idx = defineConnector({
  name: "idx",
  yields: "images",
  summary: "IDX files of grey pictures, as MNIST has them",
  options: {
    path: text(required, "the file of pictures"),
    labels: text(
      null,
      "the file of their labels beside it; train-labels-idx1-ubyte for train-images-idx3-ubyte when null",
    ),
  },
  fingerprint: (options, work) =>
    fingerprintFiles([...findFiles("idx", options.path), ...findFiles("idx", labelsOf(options))], work),
  async *open(options, { signal, onProgress }) {
    const labels = labelsOf(options);
    const [pictures, names] = [readIdx(options.path), readIdx(labels)];
    const [count = 0, height = 1, width = 1] = pictures.shape;
    if (names.shape[0] !== count) throw broken(labels, `${count} labels`, String(names.shape[0]));
    const size = height * width;
    for (let start = 0; start < count; start += batchSize) {
      signal?.throwIfAborted();
      const end = Math.min(count, start + batchSize);
      const batch: ImageBatch = {
        pixels: new Tensor("uint8", pictures.data.slice(start * size, end * size), [end - start, 1, height, width]),
        labels: Array.from(names.data.subarray(start, end), String),
        paths: Array.from({ length: end - start }, (_, i) => `${start + i}`),
      };
      yield batch;
      onProgress?.({ stage: "reading pictures", done: end, total: count, unit: "images" });
    }
  },
});

const labelsOf = ({ path, labels }: { readonly path: string; readonly labels: string | null }): string =>
  join(dirname(path), labels ?? basename(path).replace("images-idx3", "labels-idx1"));

function readIdx(path: string): { readonly shape: readonly number[]; readonly data: Uint8Array } {
  const [file] = findFiles("idx", path);
  const raw = readFileSync(file!);
  const bytes = raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw) : raw;
  if (bytes[0] !== 0 || bytes[1] !== 0 || bytes[2] !== bytesOf) throw broken(path, "bytes in the IDX format", "others");
  const axes = bytes[dimensionsOf]!;
  const shape = Array.from({ length: axes }, (_, i) => bytes.readUInt32BE(4 + 4 * i));
  const data = new Uint8Array(bytes.subarray(4 + 4 * axes));
  const length = shape.reduce((product, each) => product * each, 1);
  if (data.length !== length) throw broken(path, `${length} bytes after the head`, String(data.length));
  return { shape, data };
}

const broken = (path: string, expected: string, got: string) =>
  new AthanorError("data/broken-archive", `idx: expected ${path} to hold ${expected}, got ${got}`, {
    fix: "Fetch the file again, or name the file of labels that belongs to it.",
    details: { path },
  });
