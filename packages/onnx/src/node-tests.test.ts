import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkTypes, checkValues, unknownOps, type Verdict } from "./testing/check-node-case.ts";
import { checkGradient } from "./testing/check-node-gradient.ts";
import { type NodeCase, nodeCases, readNodeCase } from "./testing/node-case.ts";

type Check = "types" | "values" | "gradient";

interface Expectations {
  /** How many of all cases have rules for all their operators, so that coverage does not fall unseen. */
  readonly leastCovered: number;
  /** Operators that may lack a gradient, with the reason. */
  readonly withoutGradient: Readonly<Record<string, string>>;
  /** Cases that draw numbers as they run: only their types can be compared. */
  readonly drawn: readonly string[];
  /** Cases whose gradient is compared in single precision although the runtime has double kernels. */
  readonly single: readonly { readonly reason: string; readonly cases: readonly string[] }[];
  /** Cases that cannot hold. */
  readonly declared: readonly {
    readonly checks: readonly Check[];
    readonly reason: string;
    readonly cases: readonly string[];
  }[];
}

const root = join(import.meta.dirname, "../../..");
const given = process.env.ATHANOR_ONNX_NODE_TESTS;
const folder = given ?? join(root, "bench/peers/.venv/onnx-node-tests");
const expectations: Expectations = JSON.parse(readFileSync(join(root, "golden/onnx-node-tests.json"), "utf8"));
/** One case in so many runs each time; all of them where the environment names the folder. */
const stride = given ? 1 : 12;

/** Cases that this version can read; those of sequences and maps it cannot. */
function read(name: string): NodeCase | undefined {
  try {
    return readNodeCase(folder, name);
  } catch {
    return undefined;
  }
}

const verdictOf = async (check: () => Verdict | Promise<Verdict>): Promise<Verdict> => {
  try {
    return await check();
  } catch (error) {
    return { kind: "fails", reason: (error as Error).message };
  }
};

describe.skipIf(!existsSync(folder))("ONNX's backend node tests (skipped without bench/peers/set-up.sh)", () => {
  const names = existsSync(folder) ? nodeCases(folder) : [];
  const cases = names.filter((_, i) => i % stride === 0).flatMap((name) => read(name) ?? []);
  const covered = cases.filter(({ model }) => unknownOps(model).length === 0);

  it.each(covered)(
    "hold their types, values and gradient: $name",
    async (each) => {
      const inSingle = expectations.single.some((group) => group.cases.includes(each.name));
      const checks: Readonly<Record<Check, () => Verdict | Promise<Verdict>>> = {
        types: () => checkTypes(each),
        values: () => checkValues(each),
        gradient: () => checkGradient(each, inSingle ? ["float32"] : ["float64", "float32"]),
      };
      const failing: Partial<Record<Check, string>> = {};
      for (const [check, run] of Object.entries(checks) as [Check, () => Verdict][]) {
        if (check !== "types" && expectations.drawn.includes(each.name)) continue;
        const verdict = await verdictOf(run);
        if (verdict.kind === "fails") failing[check] = verdict.reason;
        const [, op] = /^no gradient: (.*)/.exec("reason" in verdict ? verdict.reason : "") ?? [];
        if (op !== undefined && !(op in expectations.withoutGradient)) failing[check] = `${op} has no gradient`;
      }
      const declared = expectations.declared.filter((group) => group.cases.includes(each.name));
      const expected = declared.flatMap(({ checks: known }) => known);
      expect(Object.keys(failing).sort(), JSON.stringify(failing)).toEqual([...new Set(expected)].sort());
    },
    300_000,
  );

  it("declare only cases that exist", () => {
    const groups = [...expectations.declared, ...expectations.single];
    const named = [...expectations.drawn, ...groups.flatMap((group) => group.cases)];
    expect(named.filter((name) => !names.includes(name))).toEqual([]);
  });

  it.runIf(given)("are covered as far as before", () => {
    expect(covered.length).toBeGreaterThanOrEqual(expectations.leastCovered);
  });
});
