import { AthanorError } from "@athanor/core";
import { files } from "#model-files";
import { elementCode, storedLength } from "../element-types.ts";
import type { Model } from "../model.ts";
import type { StoredTensor } from "../stored-tensor.ts";
import { MessageWriter } from "./message-writer.ts";
import { remember } from "./source-bytes.ts";
import { writeModel } from "./write-model.ts";

/** Where `saveModelFile` puts the weights. */
export interface SaveOptions {
  /** Name of a file beside the model that the weights' data goes to; without it they stay in the model, up to two gigabytes. */
  readonly external?: string;
}

/** Smaller data, such as shapes and axes, is read while a graph is built and stays in the model. */
const worthMoving = 1024;
/** Where a weight starts: at a page, so that the file can be mapped into memory. */
const page = 4096;

/**
 * Saves a model as an `.onnx` file, its weights in a file beside it if one is named; they are copied piece by piece, so
 * that weights which lie in files never are in memory whole.
 *
 * Files are written beside those of the same name and take their place when they are whole, so that a model may be saved over
 * the one it was opened from. Models that were opened before and have weights left to read are told so: `onnx/external-data`.
 *
 * @throws `onnx/too-large` above two gigabytes beside the external weights, `onnx/external-data` for a name that is no
 * file beside the model, `onnx/missing-file` when it cannot be written
 */
export async function saveModelFile(path: string, model: Model, { external }: SaveOptions = {}): Promise<void> {
  if (external === undefined) return save(path, writeModel(model));
  if (external === "" || /[/\\\0]|^\.\.?$/.test(external) || path.split(/[/\\]/).at(-1) === external)
    throw new AthanorError("onnx/external-data", `saveModelFile: expected a file beside the model, got ${external}`, {
      fix: "Give a plain name, such as weights.bin.",
      details: { path, external },
    });
  const { initializers, moved } = moveOut(model, external);
  const bytes = writeModel({ ...model, graph: { ...model.graph, initializers } });
  await save(path, bytes, { name: external, pieces: piecesOf(moved) });
}

interface Moved {
  readonly stored: StoredTensor;
  readonly offset: number;
  readonly length: number;
}

/** Large weights get the place that their data will have. */
function moveOut(
  { graph }: Model,
  location: string,
): { readonly initializers: Model["graph"]["initializers"]; readonly moved: readonly Moved[] } {
  const moved: Moved[] = [];
  const initializers = new Map(graph.initializers);
  let end = 0;
  for (const [name, stored] of graph.initializers) {
    const length = storedLength(stored.dtype, stored.shape);
    if ("texts" in stored || length < worthMoving) continue;
    const offset = Math.ceil(end / page) * page;
    initializers.set(name, referring(name, stored, { location, offset, length }));
    moved.push({ stored, offset, length });
    end = offset + length;
  }
  return { initializers, moved };
}

/** A weight that is written as where its data lies. */
function referring(
  name: string,
  { dtype, shape, rest = [] }: StoredTensor,
  data: Readonly<Record<string, string | number>>,
): StoredTensor {
  const tensor = new MessageWriter();
  for (const length of shape) tensor.int(1, length);
  tensor.int(2, elementCode(dtype)).text(8, name);
  for (const [key, value] of Object.entries(data))
    tensor.message(13, (entry) => entry.text(1, key).text(2, String(value)));
  tensor.int(14, 1);
  for (const field of rest) tensor.raw(field);
  return remember({ dtype, shape, bytes: new Uint8Array() }, { bytes: tensor.finish(), name, isExternal: false });
}

function* piecesOf(moved: readonly Moved[]): Iterable<Uint8Array> {
  let end = 0;
  for (const { stored, offset, length } of moved) {
    yield new Uint8Array(offset - end);
    if (stored.pieces) yield* stored.pieces();
    else if ("bytes" in stored) yield stored.bytes;
    end = offset + length;
  }
}

async function save(...written: Parameters<typeof files.save>): Promise<void> {
  try {
    await files.save(...written);
  } catch (cause) {
    if (cause instanceof AthanorError) throw cause;
    throw new AthanorError("onnx/missing-file", `ONNX: expected a file that can be written, got ${written[0]}`, {
      fix: "Check the path, its permissions and the room on the disk.",
      details: { path: written[0] },
      cause,
    });
  }
}
