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
    const picture = prepare(sharp(source).autoOrient()).removeAlpha();
    const coloured = channels === 1 ? picture.grayscale() : picture.toColourspace("srgb");
    const { data: interleaved, info } = await coloured.raw().toBuffer({ resolveWithObject: true });
    const { height, width, channels: stride } = info;
    const size = height * width;
    const data = new Uint8Array(channels * size);
    for (let channel = 0; channel < channels; channel++) {
      const [plane, first] = [channel * size, Math.min(channel, stride - 1)];
      for (let at = 0; at < size; at++) data[plane + at] = interleaved[at * stride + first]!;
    }
    return { channels, height, width, data };
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
