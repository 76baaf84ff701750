import { Random, Tensor } from "@athanor/core";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { flip } from "../augmentations/flip.ts";
import { randomCrop } from "../augmentations/random-crop.ts";
import { noise } from "../testing/check-augmentation.ts";
import { openPictures } from "./open-pictures.ts";

const shape = { channels: 3, height: 4, width: 4 };
const pictures = new Tensor("uint8", noise(3, 10 * 4, 4).data, [10, 3, 4, 4]);
const rows = Uint32Array.of(3, 3, 9, 0, 1, 2, 7);
const take = async (workers: number, seed: number) => {
  await using source = openPictures({
    pictures,
    shape,
    augmentations: [randomCrop({ padding: 1 }), flip({})],
    workers,
  });
  return await source.take(rows, Random.from(seed));
};

describe("openPictures", () => {
  it("makes the same whatever the number of threads, and other pictures of another stream", async () => {
    const [one, three] = [await take(1, 5), await take(3, 5)];
    expect(one.shape).toEqual([7, 3, 4, 4]);
    expect(three.data).toEqual(one.data);
    expect((await take(1, 6)).data).not.toEqual(one.data);
    expect(one.data.subarray(0, 48)).not.toEqual(one.data.subarray(48, 96));
  });

  it("decodes files, brings them to its shape, and names one that is no picture", async () => {
    const red = await sharp({ create: { width: 8, height: 6, channels: 3, background: { r: 200, g: 0, b: 0 } } })
      .png()
      .toBuffer();
    await using source = openPictures({ pictures: [red, Buffer.from("none")], shape, workers: 1 });
    const { data } = await source.take(Uint32Array.of(0), Random.from(1));
    expect([data[0], data[16], data[32]]).toEqual([200, 0, 0]);
    await expect(source.take(Uint32Array.of(0, 1), Random.from(1))).rejects.toMatchObject({
      code: "data/broken-image",
    });
    expect((await source.take(Uint32Array.of(0), Random.from(1))).data).toEqual(data);
  });
});
