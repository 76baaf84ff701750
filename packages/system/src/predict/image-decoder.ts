import { AthanorError } from "@athanor/core";
import { decodeImage } from "@athanor/data";
import type { DecodeImage } from "./feeds.ts";

/** Decodes pictures given as bytes, as a path (`.png`, `.jpg`, …), or in base64, to the shape that the model takes. */
export function imageDecoder(shapes: Readonly<Record<string, readonly (number | string)[]>>): DecodeImage {
  const shape = Object.values(shapes).find((each) => each.length === 4);
  return async (value) => {
    const [, channels, height, width] = (shape ?? []) as readonly number[];
    if (channels === undefined || height === undefined || width === undefined) {
      throw new AthanorError("predict/wrong-type", "Predict: expected a model that takes pictures, got another", {
        fix: "Use a task of image classification.",
      });
    }
    const source =
      value instanceof Uint8Array
        ? value
        : /\.(png|jpe?g|webp)$/i.test(String(value))
          ? String(value)
          : Buffer.from(String(value), "base64");
    return decodeImage("predict", source, { channels, height, width });
  };
}
