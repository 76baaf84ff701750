import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { AthanorError, resolveOptions, show } from "@athanor/core";
import { languageOption } from "../language.ts";
import type { Config } from "./define-config.ts";

/** The name of a project's configuration file. */
export const configFile = "learn.config.ts";

/**
 * Imports a project's configuration.
 *
 * @throws `config/missing`, `config/broken` when the file does not run, `config/invalid` when it does not export a configuration
 */
export async function loadConfig(directory: string): Promise<Config> {
  const path = join(resolve(directory), configFile);
  const { mtimeMs } = await stat(path).catch((cause) => {
    throw new AthanorError("config/missing", `Configuration: expected ${path}, got no such file`, {
      fix: "Run `athanor init` in an empty folder, or name the project's folder with --project.",
      details: { path },
      cause,
    });
  });
  const module = await import(`${pathToFileURL(path).href}?modified=${Math.round(mtimeMs)}`).catch((cause: unknown) => {
    if (cause instanceof AthanorError) throw cause;
    throw new AthanorError("config/broken", `Configuration: expected ${path} to run, got ${firstLine(cause)}`, {
      fix: "Correct the file; the line is in the details.",
      details: { path, stack: (cause as Error).stack },
      cause,
    });
  });
  return checkConfig(module.default, path);
}

const firstLine = (error: unknown): string => String((error as Error)?.message ?? error).split("\n")[0]!;

const sections = {
  sources: { required: true, holds: "source declarations such as csv(…)", kinds: ["source"] },
  knowledge: { required: false, holds: "declarations such as entities(…) or relation(…)", kinds: undefined },
  mine: { required: false, holds: "declarations such as associationRules(…)", kinds: ["miner"] },
  learn: { required: false, holds: "declarations such as classify(…)", kinds: ["task"] },
} as const;

/** @throws `config/invalid` naming the value that does not belong */
export function checkConfig(value: unknown, path: string): Config {
  const fail = (expected: string, got: unknown, fix: string): never => {
    throw new AthanorError("config/invalid", `${path}: expected ${expected}, got ${show(got)}`, {
      fix,
      details: { path },
    });
  };
  if (!isRecord(value))
    return fail(
      "a default export made by defineConfig",
      value,
      "End the file with `export default defineConfig({ … })`.",
    );
  const { name, seed, ...others } = value;
  if (typeof name !== "string" || name.length === 0)
    fail("name to be a non-empty string", name, "Give the system a name.");
  if (seed !== undefined && !(Number.isSafeInteger(seed) && (seed as number) >= 0)) {
    fail("seed to be a whole number of at least 0", seed, "Set seed to a whole number or leave it out.");
  }
  resolveOptions(
    path,
    { language: languageOption },
    others.language === undefined ? {} : { language: others.language },
  );
  for (const key of Object.keys(others)) {
    if (key !== "language" && !Object.hasOwn(sections, key)) {
      fail(
        `one of name, seed, language, ${Object.keys(sections).join(", ")}`,
        key,
        `Remove ${key} or correct its spelling.`,
      );
    }
  }
  for (const [section, { required, holds, kinds }] of Object.entries(sections)) {
    const members = value[section];
    if (members === undefined && !required) continue;
    if (!isRecord(members)) {
      fail(`${section} to be an object of ${holds}`, members, `Write ${section}: { name: … }.`);
      continue;
    }
    for (const [key, member] of Object.entries(members)) {
      for (const part of Array.isArray(member) ? member : [member]) {
        const kind = isRecord(part) ? part.kind : undefined;
        if (typeof kind !== "string" || (kinds !== undefined && !(kinds as readonly string[]).includes(kind))) {
          fail(
            `${section}.${key} to be one of the ${holds}`,
            part,
            `Make ${section}.${key} with one of Athanor's factories.`,
          );
        }
      }
    }
  }
  return value as unknown as Config;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
