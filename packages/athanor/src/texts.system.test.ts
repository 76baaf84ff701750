import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startServer } from "@athanor/server";
import { openTokenizer } from "@athanor/text";
import { describe, expect, it } from "vitest";
import { athanor, temporaryProject } from "./testing/project.ts";

const config = `
import { classifyTexts, conll, csv, defineConfig, tagTokens } from "athanor";
export default defineConfig({
  name: "harbour",
  sources: { log: csv("log.csv"), names: conll("names.conll") },
  learn: {
    weather: classifyTexts({ from: "log", label: "weather", epochs: 20, batchSize: 4, hidden: 8, testShare: 0.25, learningRate: 0.03, minCount: 1 }),
    people: tagTokens({ from: "names", units: "characters", epochs: 20, batchSize: 4, width: 8, hidden: 8, testShare: 0.25, learningRate: 0.03, dropout: 0 }),
  },
});
`;
const said = [
  "the wind rose",
  "waves and thunder",
  "wind and waves",
  "thunder far out",
  "the wind and thunder",
  "waves rose",
];
const calm = [
  "the sun stood",
  "a still mirror",
  "sun and stillness",
  "still as a mirror",
  "the sun, a mirror",
  "still sun",
];
const log = [...said.map((text) => [text, "storm"]), ...calm.map((text) => [text, "calm"])];
const persons = ["高勇", "李明", "王芳", "高明", "李芳", "王勇", "高芳", "李勇"];
const names = persons.map((name) =>
  [...`${name}出海`].map((c, i) => `${c} ${["B-NAME", "E-NAME", "O", "O"][i]}`).join("\n"),
);

describe("texts", () => {
  it("are learned from files, and predicted alike by command and server", { timeout: 240_000 }, async () => {
    await using project = await temporaryProject();
    const { folder } = project;
    await writeFile(join(folder, "learn.config.ts"), config);
    await writeFile(
      join(folder, "log.csv"),
      ["text,weather", ...log.map(([text, label]) => `"${text}",${label}`)].join("\n"),
    );
    await writeFile(join(folder, "names.conll"), names.join("\n\n"));
    const run = async (...args: string[]) => {
      const { code, stdout, stderr } = await athanor([...args, "--json", "--project", folder]);
      expect(code, stderr).toBe(0);
      return JSON.parse(stdout);
    };
    await run("learn");
    const asked = { text: "Thunder, wind and waves!" };
    const { predictions } = await run("predict", "weather", "--input", `text=${asked.text}`);
    expect(predictions[0].label).toBe("storm");
    const tagged = await run("predict", "people", "--input", "text=李勇出海");
    expect(tagged.predictions[0].spans).toEqual([{ kind: "NAME", text: "李勇", start: 0, end: 2 }]);

    await using server = await startServer({ directory: folder, port: 0 });
    const answer = await fetch(`${server.address}/v1/predict/weather`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(asked),
    });
    expect(((await answer.json()) as { predictions: unknown }).predictions).toEqual(predictions);

    const { files } = await run("export", "folder", "weather", "--out", join(folder, "exported"));
    expect(files.sort()).toEqual(["config.json", "onnx/model.onnx", "tokenizer.json", "tokenizer_config.json"]);
    const read = async (name: string) => JSON.parse(await readFile(join(folder, "exported", name), "utf8"));
    expect((await read("config.json")).id2label).toEqual({ 0: "calm", 1: "storm" });
    const tokenizer = openTokenizer(await read("tokenizer.json"));
    expect(tokenizer.tokens("The wind")).toEqual(["the", "wind"]);
  });
});
