import { AthanorError } from "@athanor/core";

/** Protobuf and the runtime read messages up to here. */
export const largestModel = 2 ** 31 - 1;

export const tooLarge = (what: string, size: number): AthanorError =>
  new AthanorError("onnx/too-large", `${what}: expected at most ${largestModel} bytes, got ${size}`, {
    fix: 'Keep the weights in a file beside the model: saveModelFile(path, model, { external: "weights.bin" }).',
    details: { size },
  });
