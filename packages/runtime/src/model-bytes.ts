import { canShareMemory, isShared, pauses, shareableBuffer } from "@athanor/core";
import { type Model, sourceBytes, writeModel } from "@athanor/onnx";

/** Bytes up to which a message copies them in no time. */
const smallBytes = 2 ** 22;

/**
 * A model's bytes as they are sent to a worker: a message would copy many of them at once, so that they are copied bit by bit into
 * memory that the worker sees.
 */
export async function modelBytes(model: Uint8Array | Model): Promise<Uint8Array> {
  const bytes = model instanceof Uint8Array ? model : (sourceBytes(model) ?? writeModel(model));
  if (bytes.length <= smallBytes || !canShareMemory || isShared(bytes)) return bytes;
  const shared = new Uint8Array(shareableBuffer(bytes.length));
  const pause = pauses();
  for (let at = 0; at < bytes.length; at += smallBytes) {
    shared.set(bytes.subarray(at, at + smallBytes), at);
    await pause();
  }
  return shared;
}
