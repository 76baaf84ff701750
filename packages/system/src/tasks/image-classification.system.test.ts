import { Random } from "@athanor/core";
import sharp from "sharp";
import { checkTask, halves } from "../testing/check-task.ts";
import { classifyImages } from "./image-classification.ts";

const picture = (left: number, right: number) =>
  sharp(Buffer.from(Array.from({ length: 64 }, (_, i) => (i % 8 < 4 ? left : right))), {
    raw: { width: 8, height: 8, channels: 1 },
  })
    .png()
    .toBuffer();

checkTask({
  declaration: classifyImages({
    from: "pictures",
    epochs: 6,
    batchSize: 16,
    colour: 0.2,
    minArea: 0.8,
    mixup: 0.2,
    mixing: 0.5,
  }),
  images: { pictures: halves(120, Random.from(4)) },
  rows: [{ image: await picture(200, 40) }, { image: (await picture(40, 200)).toString("base64") }],
  reaches: { metric: "accuracy", atLeast: 0.9 },
});
