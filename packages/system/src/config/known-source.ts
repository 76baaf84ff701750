import { AthanorError, nearestName } from "@athanor/core";
import type { Config } from "./define-config.ts";

/**
 * Returns a source's name when the configuration declares it.
 *
 * @param owner who names it, such as `learn.churn`
 * @throws `config/unknown-source`
 */
export function knownSource({ sources }: Pick<Config, "sources">, name: string, owner: string): string {
  if (Object.hasOwn(sources, name)) return name;
  const known = Object.keys(sources);
  const near = nearestName(name, known);
  throw new AthanorError(
    "config/unknown-source",
    `${owner}: expected one of the sources ${known.join(", ")}, got ${name}`,
    {
      fix: near ? `Write ${near}.` : `Declare ${name} under sources.`,
      details: { owner, source: name, known },
    },
  );
}
