import { contentHash } from "@athanor/core";
import type { Contribution } from "@athanor/knowledge";
import type { Wording } from "../language.ts";

/** One thing worth knowing, and how to see it again. */
export interface Finding {
  /** A plain sentence. */
  readonly sentence: Wording;
  /** Names of what it is about: of two findings about the same, the stronger is kept. */
  readonly about: readonly string[];
  /** How much it stands out, from 0 to 1. */
  readonly strength: number;
  /** Probability of as much by chance, corrected for all that was looked at; left out where chance was not tested. */
  readonly pValue?: number;
  /** An SQL SELECT over the sources that shows it. */
  readonly query: string;
  /** Entities of the graph that it is about. */
  readonly entities?: readonly { readonly type: string; readonly key: string }[];
}

/** What chance explains as often as this is left out. */
const level = 0.05;

/** The type of the entities that findings become. */
export const findingType = "Finding";

/** Leaves out what chance may explain and what is said twice; strongest first. */
export function rankFindings(findings: readonly Finding[]): readonly Finding[] {
  const said = new Set<string>();
  return findings
    .filter(({ pValue = 0 }) => pValue <= level)
    .sort((a, b) => b.strength - a.strength)
    .filter(({ about }) => {
      const key = contentHash([...about].sort());
      return !said.has(key) && said.add(key);
    });
}

/** Findings as entities that name what they are about, how sure they are and how to see them again. */
export const claimsOf = (name: string, findings: readonly Finding[]): Contribution => {
  const keyed = findings.map((finding) => ({
    ...finding,
    key: `${name} ${contentHash([...finding.about].sort()).slice(0, 12)}`,
  }));
  return {
    entities: keyed.map(({ key, sentence, strength, pValue, query, about }) => ({
      type: findingType,
      key,
      name: sentence.en,
      properties: { zh: sentence.zh, about, strength, query, ...(pValue === undefined ? {} : { pValue }) },
      place: query,
    })),
    relations: keyed.flatMap(({ key, entities = [], query, pValue = 0 }) =>
      entities.map((to) => ({
        type: "ABOUT",
        from: { type: findingType, key },
        to,
        confidence: 1 - pValue,
        place: query,
      })),
    ),
  };
};
