import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as routes from "./routes/index.ts";
import { type RunningServer, startServer } from "./start-server.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
let folder = "";
let server: RunningServer;

beforeAll(async () => {
  mkdirSync(join(root, ".athanor-tests"), { recursive: true });
  folder = await mkdtemp(join(root, ".athanor-tests", "server-"));
  for (const command of ["init", "learn"]) {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(root, "packages/athanor/bin/athanor.js"), command, "--project", folder],
      { env: { ...process.env, NODE_OPTIONS: "" }, encoding: "utf8" },
    );
    expect({ command, status, stderr: status === 0 ? "" : stderr }).toEqual({ command, status: 0, stderr: "" });
  }
  server = await startServer({ directory: folder, port: 0 });
}, 120_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}, address = server.address) =>
  fetch(`${address}${path}`, { headers });
const post = (path: string, body: unknown) =>
  fetch(`${server.address}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const row = { plan: "basic", visits_per_month: 2, fee: 30, age: 40 };

/** One request a route, and what its answer holds; a route without one does not compile. */
const answers: Record<keyof typeof routes, readonly [path: string, body: unknown, holds: string]> = {
  docsPage: ["/docs", undefined, "swagger-ui-bundle.js"],
  healthLive: ["/v2/health/live", undefined, '"live":true'],
  healthReady: ["/v2/health/ready", undefined, '"ready":true'],
  listTasks: ["/v1/tasks", undefined, '"task":"churn"'],
  modelInfer: [
    "/v2/models/churn/infer",
    {
      inputs: [
        ["plan", "BYTES", "basic"],
        ["visits_per_month", "FP32", 2],
        ["fee", "FP32", 30],
        ["age", "FP32", 40],
      ].map(([name, datatype, value]) => ({ name, datatype, shape: [1, 1], data: [value] })),
      outputs: [{ name: "label" }],
    },
    '"datatype":"BYTES"',
  ],
  modelMetadata: ["/v2/models/churn/versions/1", undefined, '"shape":[-1,1]'],
  modelReady: ["/v2/models/churn/ready", undefined, '"ready":true'],
  openApi: ["/openapi.json", undefined, "/v1/predict/churn"],
  predictTask: ["/v1/predict/churn", [row, row], '"probabilities":{"no":'],
  reportPage: ["/report", undefined, "What changed since the last run"],
  serverMetadata: ["/v2", undefined, '"name":"athanor"'],
};

describe("the server", () => {
  it.each(Object.entries(answers))("%s answers", async (_, [path, body, holds]) => {
    const response = await (body === undefined ? get(path) : post(path, body));
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(holds);
  });

  it.each([
    ["/v1/predict/chrun", row, 404, "registry/unknown-task"],
    ["/v1/predict/churn", { ...row, age: "old" }, 400, "predict/wrong-type"],
    ["/v1/predict/churn/versions/9", row, 404, "registry/unknown-version"],
    ["/v2/models/churn/infer", {}, 400, "inference/inputs"],
    [
      "/v2/models/churn/infer",
      { inputs: [{ name: "age", datatype: "FP32", shape: [2, 1], data: [1] }] },
      400,
      "inference/shape",
    ],
    [
      "/v2/models/churn/infer",
      { inputs: [{ name: "age", datatype: "FP31", shape: [1, 1], data: [1] }] },
      400,
      "inference/datatype",
    ],
    [
      "/v2/models/churn/infer",
      { inputs: [{ name: "age", datatype: "FP32", shape: [1, 1], data: [1] }] },
      400,
      "runtime/input",
    ],
    ["/nowhere", {}, 404, "server/unknown-route"],
  ])("refuses %s %j", async (path, body, status, code) => {
    const response = await post(path, body);
    expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([
      status,
      code,
    ]);
  });

  it("describes each task with its fields", async () => {
    const document = (await (await get("/openapi.json")).json()) as {
      openapi: string;
      paths: Record<
        string,
        { post?: { requestBody: { content: Record<string, { schema: { oneOf: [{ properties: object }] } }> } } }
      >;
    };
    expect(document.openapi).toBe("3.1.0");
    const { schema } = document.paths["/v1/predict/churn"]!.post!.requestBody.content["application/json"]!;
    expect(Object.keys(schema.oneOf[0].properties)).toEqual(["plan", "visits_per_month", "fee", "age"]);
    expect((await get("/docs/assets/swagger-ui-bundle.js")).status).toBe(200);
    expect((await get("/docs/assets/package.json")).status).toBe(404);
  });

  it("listens beyond loopback only with a key, and asks for it", async () => {
    await expect(startServer({ directory: folder, host: "0.0.0.0", port: 0 })).rejects.toMatchObject({
      code: "server/key-required",
    });
    await using guarded = await startServer({ directory: folder, port: 0, key: "secret" });
    expect((await get("/v1/tasks", {}, guarded.address)).status).toBe(401);
    expect((await get("/v1/tasks", { authorization: "Bearer wrong" }, guarded.address)).status).toBe(401);
    expect((await get("/v1/tasks", { authorization: "Bearer secret" }, guarded.address)).status).toBe(200);
    expect((await get("/v2/health/live", {}, guarded.address)).status).toBe(200);
  });

  it("writes its address while it runs", async () => {
    const other = await startServer({ directory: folder, port: 0 });
    await stat(join(folder, ".athanor/server.json"));
    await other[Symbol.asyncDispose]();
    await expect(stat(join(folder, ".athanor/server.json"))).rejects.toThrow("ENOENT");
  });
});
