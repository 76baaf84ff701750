import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { expect, it } from "vitest";
import { decodeImage } from "../decode-image.ts";
import { checkConnector } from "../testing/check-connector.ts";
import { type ImageBatch, images } from "./images.ts";

const picture = (red: number) =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: { r: red, g: 0, b: 255 } } })
    .png()
    .toBuffer();

checkConnector({
  name: "images",
  async write(folder, version) {
    await mkdir(join(folder, "cats"), { recursive: true });
    const path = join(folder, "cats", "a.png");
    await writeFile(path, await picture(version * 100));
    return path;
  },
  connect: (folder) => images({ path: folder, size: 4 }),
  plain: (batches: readonly ImageBatch[]) =>
    batches.map(({ pixels: { shape, data }, labels, paths }) => [shape, [data[0], data[16], data[32]], labels, paths]),
  expected: [[[1, 3, 4, 4], [100, 0, 255], ["cats"], ["cats/a.png"]]],
});

it("names a file that is no picture", async () => {
  await expect(
    decodeImage("images", Buffer.from("no picture"), { channels: 3, height: 4, width: 4 }),
  ).rejects.toMatchObject({ code: "data/broken-image" });
});
