import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { float32, Random } from "@athanor/core";
import { decodeImage, decodeSound } from "@athanor/data";
import { wav } from "@athanor/data/testing";
import { openSession } from "@athanor/runtime";
import { startServer } from "@athanor/server";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { athanor, temporaryProject } from "./testing/project.ts";

const config = `
import { classifyImages, classifySounds, csv, defineConfig, forecast, images, sounds } from "athanor";
export default defineConfig({
  name: "harbour",
  sources: { lamps: images("lamps", { size: 8 }), horns: sounds("horns", { rate: 1000, seconds: 0.2 }), tides: csv("tides.csv") },
  learn: {
    side: classifyImages({ from: "lamps", widths: [4, 8], epochs: 8, batchSize: 8, learningRate: 0.02, testShare: 0.2 }),
    pitch: classifySounds({ from: "horns", bands: 8, widths: [4, 8], epochs: 8, batchSize: 8, learningRate: 0.02, testShare: 0.2 }),
    tide: forecast({ from: "tides", targets: ["height"], window: 12, network: "dLinear", epochs: 8, batchSize: 16, learningRate: 0.02 }),
  },
});
`;
const random = Random.from(7);
const [rate, length] = [1000, 200];
const picture = (side: string) =>
  sharp(
    Buffer.from(
      Array.from({ length: 192 }, (_, i) => {
        const isLeft = Math.floor(i / 3) % 8 < 4;
        return (isLeft === (side === "left") ? 200 : 40) + random.integer(20);
      }),
    ),
    { raw: { width: 8, height: 8, channels: 3 } },
  )
    .png()
    .toBuffer();
const tone = (pitch: string) => {
  const hertz = pitch === "high" ? 300 : 100;
  return wav(
    rate,
    Float32Array.from({ length }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / rate) + 0.05 * random.normal()),
  );
};
const height = (hour: number) => Math.sin((2 * Math.PI * hour) / 12);

async function writeHarbour(folder: string): Promise<void> {
  await writeFile(join(folder, "learn.config.ts"), config);
  for (const [kind, labels, make, ending] of [
    ["lamps", ["left", "right"], picture, "png"],
    ["horns", ["high", "low"], tone, "wav"],
  ] as const) {
    for (const label of labels) {
      await mkdir(join(folder, kind, label), { recursive: true });
      for (let i = 0; i < 24; i++) await writeFile(join(folder, kind, label, `${i}.${ending}`), await make(label));
    }
  }
  const heights = Array.from({ length: 200 }, (_, hour) => (height(hour) + 0.02 * random.normal()).toFixed(4));
  await writeFile(join(folder, "tides.csv"), ["height", ...heights].join("\n"));
}

describe("pictures, sounds and series", () => {
  it("are learned from files, predicted alike by command and server, and exported", { timeout: 240_000 }, async () => {
    await using project = await temporaryProject();
    const { folder } = project;
    await writeHarbour(folder);
    const run = async (...args: string[]) => {
      const { code, stdout, stderr } = await athanor([...args, "--json", "--project", folder]);
      expect(code, stderr).toBe(0);
      return JSON.parse(stdout);
    };
    await run("learn");
    await using server = await startServer({ directory: folder, port: 0 });
    const ask = async (task: string, row: object) => {
      const answer = await fetch(`${server.address}/v1/predict/${task}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(row),
      });
      return ((await answer.json()) as { predictions: readonly Record<string, unknown>[] }).predictions;
    };

    const lamp = join(folder, "lamps/right/3.png");
    const { predictions: sides } = await run("predict", "side", "--input", `image=${lamp}`);
    expect(sides[0].label).toBe("right");
    expect(await ask("side", { image: await readFile(lamp, "base64") })).toEqual(sides);

    const horn = join(folder, "horns/high/3.wav");
    const { predictions: pitches } = await run("predict", "pitch", "--input", `sound=${horn}`);
    expect(pitches[0].label).toBe("high");
    expect(await ask("pitch", { sound: await readFile(horn, "base64") })).toEqual(pitches);

    const row = { height: Array.from({ length: 12 }, (_, hour) => height(hour)) };
    await writeFile(join(folder, "row.json"), JSON.stringify(row));
    const { predictions: tides } = await run("predict", "tide", "--file", join(folder, "row.json"));
    expect(Math.abs(tides[0]["next height"] - height(12))).toBeLessThan(0.3);
    expect(await ask("tide", row)).toEqual(tides);

    for (const task of ["side", "pitch"]) {
      const { files } = await run("export", "folder", task, "--out", join(folder, task));
      expect(files.sort()).toEqual(["config.json", "onnx/model.onnx", "preprocessor_config.json"]);
    }
    const logits = async (task: string, feeds: Parameters<Awaited<ReturnType<typeof openSession>>["run"]>[0]) => {
      await using session = await openSession(await readFile(join(folder, task, "onnx/model.onnx")), { threads: 1 });
      return Array.from((await session.run(feeds)).logits!.data as Float32Array, Math.exp);
    };
    const near = (values: object) => Object.values(values).map((value) => expect.closeTo(value, 5));
    const pixels = await decodeImage("test", lamp, { channels: 3, height: 8, width: 8 });
    const scaled = float32(
      Float32Array.from(pixels, (value) => value / 255),
      [1, 3, 8, 8],
    );
    expect(await logits("side", { pixel_values: scaled })).toEqual(near(sides[0].probabilities));
    const samples = decodeSound("test", await readFile(horn), { rate, length }).subarray(0, 150);
    const longer = float32([...samples, ...new Array(150).fill(0)], [1, 300]);
    const shorter = float32(samples, [1, 150]);
    expect(await logits("pitch", { input_values: longer })).toEqual(
      near(await logits("pitch", { input_values: shorter })),
    );
    const refused = await athanor(["export", "folder", "tide", "--json", "--project", folder]);
    expect(JSON.parse(refused.stdout || refused.stderr)).toMatchObject({ error: { code: "export/folder" } });
  });
});
