import { AthanorError } from "@athanor/core";
import { files } from "#model-files";
import type { Model } from "../model.ts";
import { readModel } from "./read-model.ts";
import { largestModel } from "./too-large.ts";

/**
 * Opens an `.onnx` file, in a browser by its address: it is read once, its weights stay views of what was read, and weights in other
 * files of its folder are read one by one when they are first asked for.
 *
 * @throws `onnx/missing-file`, `onnx/too-large` above two gigabytes beside its weights, `onnx/malformed`, `onnx/external-data` when a weight is asked for whose file is missing,
 * too short, outside the model's folder, or, in a browser, anywhere but in the model
 */
export async function openModelFile(path: string): Promise<Model> {
  const external = files.beside(path);
  return readModel(await readWhole(path), external ? { external } : {});
}

async function readWhole(path: string): Promise<Uint8Array> {
  try {
    return await files.readWhole(path, largestModel);
  } catch (cause) {
    if (cause instanceof AthanorError) throw cause;
    throw new AthanorError("onnx/missing-file", `ONNX: expected a file that can be read, got ${path}`, {
      fix: "Check the path and its permissions.",
      details: { path },
      cause,
    });
  }
}
