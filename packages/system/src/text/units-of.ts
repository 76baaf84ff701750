/** A part of a text that gets a tag, with where it stands in the text. */
export interface Unit {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What a text is tagged by. */
export type UnitKind = "words" | "characters";

const patterns: Readonly<Record<UnitKind, RegExp>> = {
  // Initials, endings such as 's, runs of letters and digits with what is inside, single signs.
  words: /(?:\p{L}\.){2,}|'(?:s|re|ve|ll|d|m|t)\b|[\p{L}\p{N}](?:[^\s']*[\p{L}\p{N}])?|[^\s\p{L}\p{N}]/giu,
  characters: /\S/gu,
};

/** The words of a text, signs before and behind them apart, or its characters; white space is neither. */
export const unitsOf = (text: string, kind: UnitKind): readonly Unit[] =>
  Array.from(text.matchAll(patterns[kind]), ({ 0: unit, index }) => ({
    text: unit,
    start: index,
    end: index + unit.length,
  }));
