import { decodePicture } from "./decode-picture.ts";

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
  const { data } = await decodePicture(owner, source, channels, (picture) =>
    picture.resize(width, height, { fit: "cover" }),
  );
  return data;
}
