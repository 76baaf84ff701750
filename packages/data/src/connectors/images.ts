import { integer, oneOf, required, Tensor, text } from "@athanor/core";
import { decodeImage } from "../decode-image.ts";
import { defineConnector } from "../define-connector.ts";
import { fingerprintLabelled, labelledFiles } from "../labelled-files.ts";

/** Pictures of one shape with the label of each. */
export interface ImageBatch {
  /** `[images, channels, height, width]`, 0 to 255. */
  readonly pixels: Tensor<"uint8">;
  readonly labels: readonly string[];
  readonly paths: readonly string[];
}

const batchSize = 64;
const endings = ["png", "jpg", "jpeg", "webp"];

/** Pictures in a folder or a zip archive, labelled by the folder they lie in. */
export const images = defineConnector({
  name: "images",
  yields: "images",
  summary: "PNG, JPEG and WebP pictures",
  options: {
    path: text(required, "the folder, or a zip archive"),
    label: oneOf("folder", "where the label comes from", ["folder", "none"]),
    size: integer(48, "side of the decoded picture in pixels", { min: 4, max: 1024 }),
    channels: integer(3, "3 for colour, 1 for grey", { min: 1, max: 3 }),
  },
  fingerprint: ({ path }, work) => fingerprintLabelled("images", path, endings, work),
  async *open({ path, label, size, channels }, { signal, onProgress }) {
    const files = labelledFiles("images", path, endings);
    const shape = { channels, height: size, width: size };
    for (let start = 0; start < files.length; start += batchSize) {
      signal?.throwIfAborted();
      const part = files.slice(start, start + batchSize);
      const decoded = await Promise.all(part.map((file) => decodeImage(`images: ${file.path}`, file.read(), shape)));
      const pixels = new Uint8Array(part.length * channels * size * size);
      for (const [i, planes] of decoded.entries()) pixels.set(planes, i * planes.length);
      const batch: ImageBatch = {
        pixels: new Tensor("uint8", pixels, [part.length, channels, size, size]),
        labels: part.map(({ folder }) => (label === "folder" ? folder : "")),
        paths: part.map((file) => file.path),
      };
      yield batch;
      onProgress?.({ stage: "decoding images", done: start + part.length, total: files.length, unit: "images" });
    }
  },
});
