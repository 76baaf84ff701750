import { spawnSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { startServer } from "@athanor/server";
import { openPredictor, openRecord } from "@athanor/system";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { athanor, temporaryProject } from "./testing/project.ts";

let project: Awaited<ReturnType<typeof temporaryProject>>;
const run = (...args: string[]) => athanor([...args, "--project", project.folder]);
const json = async (...args: string[]) => {
  const { stdout, stderr, code } = await run(...args, "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
};

beforeAll(async () => {
  project = await temporaryProject();
  expect((await run("init")).code).toBe(0);
  expect((await run("learn")).code).toBe(0);
}, 120_000);
afterAll(() => project[Symbol.asyncDispose]());

describe("the command line on a learned project", () => {
  it("runs nothing when nothing changed", async () => {
    const { steps } = await json("learn");
    expect(steps.map(({ status }: { status: string }) => status)).toEqual(steps.map(() => "fresh"));
  });

  it("writes the report in another language when asked, without running anything", async () => {
    const page = () => readFile(join(project.folder, ".athanor/report.html"), "utf8");
    const { steps } = await json("learn", "--language", "zh");
    expect(steps.every(({ status }: { status: string }) => status === "fresh")).toBe(true);
    expect(await page()).toContain("自上次运行以来的变化");
    await json("learn");
    expect(await page()).toContain("What changed since the last run");
  });

  it("gives the same prediction as the library and HTTP", async () => {
    const row = { plan: "gold", visits_per_month: 3, fee: 40.5, age: 33 };
    const inputs = Object.entries(row).flatMap(([name, value]) => ["--input", `${name}=${value}`]);
    const { predictions } = await json("predict", "churn", ...inputs);
    await using workspace = await openRecord(project.folder);
    await using predictor = await openPredictor(workspace, "churn");
    expect(await predictor.predict([row])).toEqual(predictions);
    await using server = await startServer({ directory: project.folder, port: 0 });
    const typed = await fetch(`${server.address}/v1/predict/churn`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(row),
    });
    expect((await typed.json()) as unknown).toMatchObject({ predictions });
    const tensor = (name: string, value: string | number) => ({
      name,
      shape: [1, 1],
      datatype: typeof value === "string" ? "BYTES" : "FP32",
      data: [value],
    });
    const inferred = await fetch(`${server.address}/v2/models/churn/infer`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ id: "a", inputs: Object.entries(row).map(([name, value]) => tensor(name, value)) }),
    });
    const { outputs, id } = (await inferred.json()) as { id: string; outputs: { name: string; data: number[] }[] };
    expect(id).toBe("a");
    const { data } = outputs.find(({ name }) => name === "probabilities")!;
    for (const [k, expected] of Object.values(predictions[0].probabilities as Record<string, number>).entries())
      expect(Math.abs(data[k]! - expected)).toBeLessThan(1e-6);
  });

  it("lists runs, models and status, exports, and answers queries", async () => {
    expect((await json("runs")).map(({ kind }: { kind: string }) => kind)).toEqual(["train", "learn"]);
    expect((await json("runs", "1")).status).toBe("done");
    expect((await json("models"))[0]).toMatchObject({ task: "churn", version: 1, stage: "champion" });
    expect((await json("status")).steps.every(({ state }: { state: string }) => state === "fresh")).toBe(true);
    expect(
      (
        await json(
          "query",
          "MATCH (c:Customer)-[:HAS_PLAN]->(p:Plan) RETURN p.name AS plan, count(*) AS n ORDER BY plan",
        )
      ).rows,
    ).toHaveLength(3);
    expect(await json("export", "graph", "--out", join(project.folder, "g.gexf"))).toMatchObject({
      nodes: 603,
      edges: 600,
    });
    expect((await json("export", "model", "churn", "--out", join(project.folder, "m.onnx"))).bytes).toBeGreaterThan(
      1000,
    );
    expect((await json("doctor")).every(({ state }: { state: string }) => state === "ok")).toBe(true);
    expect(await readFile(join(project.folder, ".athanor/report.html"), "utf8")).toContain(
      "What changed since the last run",
    );
  });

  it.each([
    [["lern"], 2, /expected one of .*got lern\. Write athanor learn\. \[usage\/unknown-command\]/],
    [["learn", "--fast"], 2, /usage\/unknown-flag/],
    [["learn", "--language", "fr"], 2, /expected language to be one of en, zh or null, got "fr"/],
    [["learn", "train:chrn"], 1, /pipeline\/unknown-step/],
    [["predict", "churm"], 1, /expected a task with a model, got churm.*churn is the nearest/],
    [["predict", "churn", "--input", "age=old"], 2, /expected age to be a number, got "old"/],
    [["query", "MATCH (a RETURN a"], 2, /cypher\/syntax/],
    [["serve", "--host", "0.0.0.0"], 1, /expected a key to listen on 0\.0\.0\.0, got none/],
    [["init"], 2, /expected .* to be empty/],
  ])("answers %j with one line and exit code %i", async (args, code, message) => {
    const { code: exit, stderr } = await run(...args);
    expect(exit).toBe(code);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toMatch(message);
  });

  it("says that a port is in use", async () => {
    const blocker = createServer();
    const port = await new Promise<number>((resolve) =>
      blocker.listen(0, "127.0.0.1", () => resolve((blocker.address() as { port: number }).port)),
    );
    const { code, stderr } = await run("serve", "--port", String(port));
    blocker.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(/expected port \d+ of 127\.0\.0\.1 to be free, got it in use.*--port/);
  });
});

describe("changes", () => {
  it("run only what depends on them; failures leave the rest intact", async () => {
    await using other = await temporaryProject();
    const at = (...args: string[]) => athanor([...args, "--project", other.folder, "--json"]);
    await at("init");
    const config = join(other.folder, "learn.config.ts");
    const data = join(other.folder, "data/customers.csv");
    const source = (await readFile(config, "utf8")).replace(
      "customers: csv(",
      'plans: csv("data/plans.csv"),\n    customers: csv(',
    );
    await writeFile(config, source);
    await writeFile(join(other.folder, "data/plans.csv"), "plan,price\nbasic,25\n");
    expect((await at("learn")).code).toBe(0);
    const ran = async () => {
      const { stdout, code } = await at("learn");
      const { steps } = JSON.parse(stdout) as { steps: { name: string; status: string }[] };
      return {
        code,
        done: steps.filter(({ status }) => status !== "fresh").map(({ name, status }) => `${name} ${status}`),
      };
    };

    await writeFile(join(other.folder, "data/plans.csv"), "plan,price\nbasic,26\n");
    expect(await ran()).toEqual({ code: 0, done: ["ingest:plans done"] });

    const rows = await readFile(data, "utf8");
    await writeFile(data, `${rows}broken,line\n`);
    expect(await ran()).toEqual({
      code: 1,
      done: [
        "ingest:customers failed",
        "graph:customers blocked",
        "train:churn blocked",
        "evaluate:churn blocked",
        "register:churn blocked",
      ],
    });
    expect((await at("models")).stdout).toContain('"version":1');

    await writeFile(data, rows);
    expect((await ran()).code).toBe(0);
    await writeFile(config, source.replace('"left"', '"leff"'));
    const wrong = await at("learn");
    expect(
      JSON.parse(wrong.stdout).steps.find(({ name }: { name: string }) => name === "train:churn").error,
    ).toMatchObject({ code: "data/unknown-column" });
    await writeFile(config, source.replace('from: "customers"', 'from: "custmers"'));
    const unknown = await at("learn");
    expect([unknown.code, JSON.parse(unknown.stdout).error.code]).toEqual([2, "config/unknown-source"]);
    await writeFile(config, "export default { name: 3 }");
    expect(JSON.parse((await at("learn")).stdout).error.code).toBe("config/invalid");
    await writeFile(config, "export default {");
    expect(JSON.parse((await at("learn")).stdout).error.code).toBe("config/broken");
  }, 120_000);

  const canMount = process.platform === "linux" && process.getuid?.() === 0;
  it.skipIf(!canMount)(
    "survive a full disk (skipped where a small disk cannot be mounted)",
    async () => {
      await using other = await temporaryProject();
      await athanor(["init", "--project", other.folder]);
      const disk = join(other.folder, ".athanor");
      await mkdir(disk);
      const mount = (...args: string[]) => spawnSync("mount", args, { encoding: "utf8" });
      const { status, stderr } = mount("-t", "tmpfs", "-o", "size=400k", "tmpfs", disk);
      // A container may be root without being allowed to mount.
      if (status !== 0) return expect(stderr).toMatch(/permission|denied|not permitted/i);
      try {
        const full = await athanor(["learn", "--project", other.folder]);
        expect(full.code).toBe(1);
        expect(full.stderr.trim().split("\n").at(-1)).toMatch(
          /expected room on the disk of .*, got none left.*\[workspace\/disk-full\]/,
        );
        mount("-o", "remount,size=50m", disk);
        expect((await athanor(["learn", "--project", other.folder])).code).toBe(0);
      } finally {
        spawnSync("umount", [disk]);
      }
    },
    60_000,
  );

  it("end with the same hashes after ten kills", async () => {
    await using other = await temporaryProject();
    await athanor(["init", "--project", other.folder]);
    for (let kill = 0; kill < 10; kill++)
      await athanor(["learn", "--project", other.folder], { killAfterMs: 250 + Math.random() * 1200 });
    expect((await athanor(["learn", "--project", other.folder])).code).toBe(0);
    const hashes = async (folder: string) => {
      const { steps } = JSON.parse((await athanor(["status", "--project", folder, "--json"])).stdout) as {
        steps: { name: string; outputHash: string }[];
      };
      return Object.fromEntries(
        steps.filter(({ name }) => !name.startsWith("graph:")).map(({ name, outputHash }) => [name, outputHash]),
      );
    };
    expect(await hashes(other.folder)).toEqual(await hashes(project.folder));
    expect(
      (
        await athanor([
          "query",
          "MATCH (c:Customer)-[r]->(p) RETURN count(*) AS n",
          "--project",
          other.folder,
          "--json",
        ])
      ).stdout,
    ).toContain('"n":600');
  }, 120_000);
});
