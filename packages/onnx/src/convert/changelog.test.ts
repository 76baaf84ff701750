import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { workingOpsets } from "../graph/working-opsets.ts";
import { registry } from "../registry.ts";
import * as changes from "./changes/index.ts";

interface Changelog {
  readonly changes: readonly { readonly op: string; readonly since: number; readonly reasons: readonly string[] }[];
  /** Of each operator's newest version. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

const path = fileURLToPath(new URL("../../../../golden/onnx-changes.json", import.meta.url));
const changelog: Changelog = JSON.parse(readFileSync(path, "utf8"));
const handled = new Set(
  Object.values(changes)
    .filter(({ domain = "" }) => domain === "")
    .flatMap(({ since }) => Object.entries(since).map(([op, version]) => `${op} ${version}`)),
);

/** Changes that a later one of the same operator takes along. */
const takenAlong = new Set(["BatchNormalization 9", "Upsample 9"]);

/** Attributes that no rule declares, each with the reason. */
const unread: Readonly<Record<string, string>> = {
  "Constant.sparse_value": "written out as a dense value where a graph is built",
  "Range.stash_type": "how sums of half precision are rounded, which changes no type",
};

describe("the standard's changelog", () => {
  it("holds no change up to the working version that old nodes are not converted for", () => {
    const missing = changelog.changes.filter(
      ({ op, since }) =>
        since <= workingOpsets[""]! && !handled.has(`${op} ${since}`) && !takenAlong.has(`${op} ${since}`),
    );
    expect(missing).toEqual([]);
  });

  it("takes nothing away after the working version", () => {
    expect(changelog.changes.filter(({ since }) => since > workingOpsets[""]!)).toEqual([]);
  });

  it("gives no operator an attribute that its rules do not declare", () => {
    const missing = Object.entries(changelog.attributes).flatMap(([op, names]) => {
      const own = registry.get(`:${op}`)?.attributes;
      return own ? names.filter((name) => !(name in own)).map((name) => `${op}.${name}`) : [];
    });
    expect(missing.filter((name) => !(name in unread))).toEqual([]);
  });
});
