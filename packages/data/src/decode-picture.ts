import { readFile } from "node:fs/promises";
import { AthanorError } from "@athanor/core";
import type { Sharp } from "sharp";
import type { Picture } from "./picture/picture.ts";

/**
 * Decodes a picture, by default at its own size.
 *
 * @throws `data/broken-image`
 */
export async function decodePicture(
  owner: string,
  source: string | Uint8Array,
  channels: number,
  prepare: (picture: Sharp) => Sharp = (picture) => picture,
): Promise<Picture> {
  const { default: sharp } = await import("sharp");
  try {
    // The library decodes memory faster than it does a file.
    const bytes = typeof source === "string" ? await readFile(source) : source;
    const picture = prepare(sharp(bytes).autoOrient()).removeAlpha();
    const coloured = channels === 1 ? picture.grayscale() : picture.toColourspace("srgb");
    const { data: interleaved, info } = await coloured.raw().toBuffer({ resolveWithObject: true });
    const { height, width, channels: stride } = info;
    const size = height * width;
    return { channels, height, width, data: planes(interleaved, { size, stride, channels }) };
  } catch (cause) {
    throw new AthanorError(
      "data/broken-image",
      `${owner}: expected ${typeof source === "string" ? source : "the bytes"} to be a picture, got ${(cause as Error).message}`,
      {
        fix: "Remove or replace the file.",
        details: typeof source === "string" ? { path: source } : {},
        cause,
      },
    );
  }
}

/** Colours one after another instead of pixel by pixel; a grey picture has the same in each. */
function planes(
  interleaved: Uint8Array,
  { size, stride, channels }: { readonly size: number; readonly stride: number; readonly channels: number },
): Uint8Array {
  const data = new Uint8Array(channels * size);
  if (channels === 3) {
    const [second, third] = [Math.min(1, stride - 1), Math.min(2, stride - 1)];
    for (let at = 0, from = 0; at < size; at++, from += stride) {
      data[at] = interleaved[from]!;
      data[size + at] = interleaved[from + second]!;
      data[2 * size + at] = interleaved[from + third]!;
    }
    return data;
  }
  for (let channel = 0; channel < channels; channel++) {
    const first = Math.min(channel, stride - 1);
    for (let at = 0; at < size; at++) data[channel * size + at] = interleaved[at * stride + first]!;
  }
  return data;
}
