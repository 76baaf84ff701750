import { canShareMemory, isShared, pauses, shareableBuffer } from "@athanor/core";
import { type Model, sourceBytes, writeModelInSlices } from "@athanor/onnx";

/** Bytes up to which a message copies them in no time. */
const smallBytes = 2 ** 20;
/** Bytes that are copied in well under a millisecond, to where no memory is yet. */
const copiedBytes = 2 ** 18;

/**
 * A model's bytes as they are sent to a worker: a message would copy many of them at once, so that they are copied bit by bit into
 * memory that the worker sees.
 */
export async function modelBytes(model: Uint8Array | Model): Promise<Uint8Array> {
  const bytes = model instanceof Uint8Array ? model : sourceBytes(model);
  if (bytes === undefined) return writeModelInSlices(model as Model);
  if (bytes.length <= smallBytes || !canShareMemory || isShared(bytes)) return bytes;
  const shared = new Uint8Array(shareableBuffer(bytes.length));
  const pause = pauses();
  for (let at = 0; at < bytes.length; at += copiedBytes) {
    shared.set(bytes.subarray(at, at + copiedBytes), at);
    await pause();
  }
  return shared;
}
