import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { publicNames } from "./scripts/api.ts";
import { apiPageStaleness, sources, staleness } from "./scripts/generate.ts";
import { operatorPage, operatorTable } from "./scripts/operator-table.ts";

const root = import.meta.dirname;
const layers: Readonly<Record<string, number>> = {
  core: 0,
  onnx: 1,
  data: 1,
  text: 1,
  runtime: 2,
  nn: 3,
  ml: 3,
  mining: 3,
  knowledge: 4,
  system: 5,
  server: 6,
  athanor: 7,
};
const allowed = (from: string, to: string) => layers[to]! < layers[from]!;

const packageOf = (file: string) => file.split("/")[1]!;
const imports = (file: string): string[] =>
  [...readFileSync(join(root, file), "utf8").matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(
    ([, specifier]) => specifier!,
  );
const production = sources().filter((file) => !file.endsWith(".test.ts") && !file.includes("/testing/"));

describe("the packages", () => {
  it("import only packages of lower layers, and only what their package.json names", () => {
    const broken = production.flatMap((file) => {
      const from = packageOf(file);
      const declared =
        JSON.parse(readFileSync(join(root, "packages", from, "package.json"), "utf8")).dependencies ?? {};
      return imports(file)
        .filter((specifier) => specifier.startsWith("@athanor/"))
        .map((specifier) => specifier.split("/").slice(0, 2).join("/"))
        .filter((name) => !allowed(from, name.slice("@athanor/".length)) || !(name in declared))
        .map((name) => `${file} → ${name}`);
    });
    expect(broken).toEqual([]);
  });

  it("reference in tsconfig what they depend on", () => {
    for (const name of Object.keys(layers)) {
      const folder = join(root, "packages", name);
      const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const { references = [] } = JSON.parse(readFileSync(join(folder, "tsconfig.json"), "utf8"));
      const declared = Object.keys(dependencies).filter((dependency) => dependency.startsWith("@athanor/"));
      expect(references.map(({ path }: { path: string }) => `@athanor/${basename(path)}`).sort(), name).toEqual(
        declared.sort(),
      );
    }
  });

  it("keep the lowest layers free of third-party code", () => {
    const free = ["core", "onnx", "nn", "ml", "mining"];
    for (const name of free) {
      const { dependencies = {} } = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
      expect(
        Object.keys(dependencies).filter((dependency) => !dependency.startsWith("@athanor/")),
        name,
      ).toEqual([]);
    }
  });

  it("have no files named after nothing", () => {
    const sink = /^(utils?|helpers?|common|misc|other|shared|types)\.ts$/;
    expect(sources().filter((file) => sink.test(basename(file)))).toEqual([]);
  });

  it("have collections whose index is fresh", () => {
    for (const { folder, actual, expected } of staleness())
      expect(actual, `${folder}: run npm run generate`).toBe(expected);
  });

  it("list every operator on a page that is fresh", async () => {
    expect(readFileSync(operatorPage, "utf8"), "docs/operators.md: run npm run generate").toBe(await operatorTable());
  });

  it("say of every public name what it is, and list them all in docs/api.md", () => {
    const unexplained = [...publicNames().values()].flat().filter(({ sentence }) => !sentence);
    expect(unexplained.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
    const { actual, expected } = apiPageStaleness();
    expect(actual, "docs/api.md: run npm run generate").toBe(expected);
  });

  it("test every member of a collection beside it, commands and routes in one suite against a learned system", () => {
    const suites: Readonly<Record<string, string>> = {
      "packages/athanor/src/commands": "packages/athanor/src/command-line.system.test.ts",
      "packages/server/src/routes": "packages/server/src/server.test.ts",
    };
    const files = new Set(sources());
    const untested = staleness()
      .flatMap(({ folder, expected }) =>
        [...expected.matchAll(/"\.\/(.+)\.ts"/g)].map(([, name]) => `${folder}/${name}`),
      )
      .filter((member) => {
        const suite = suites[dirname(member)];
        if (suite === undefined) return ![".test.ts", ".system.test.ts"].some((ending) => files.has(member + ending));
        const name = basename(member).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
        return !new RegExp(`\\b${name}\\b`).test(readFileSync(join(root, suite), "utf8"));
      });
    expect(untested).toEqual([]);
  });
});
