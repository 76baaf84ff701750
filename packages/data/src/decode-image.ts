import { AthanorError } from "@athanor/core";

/** The shape that pictures are brought to. */
export interface ImageShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Decodes a picture and brings it to a shape: `[channels, height, width]`, 0 to 255.
 *
 * @throws `data/broken-image`
 */
export async function decodeImage(
  owner: string,
  source: string | Uint8Array,
  { channels, height, width }: ImageShape,
): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  try {
    const picture = sharp(source).resize(width, height, { fit: "cover" }).removeAlpha();
    const interleaved = await (channels === 1 ? picture.grayscale() : picture.toColourspace("srgb")).raw().toBuffer();
    const planes = new Uint8Array(channels * height * width);
    const stride = interleaved.length / (height * width);
    for (let at = 0; at < height * width; at++) {
      for (let channel = 0; channel < channels; channel++)
        planes[channel * height * width + at] = interleaved[at * stride + Math.min(channel, stride - 1)]!;
    }
    return planes;
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
