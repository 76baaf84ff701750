import type { Tensor } from "@athanor/core";

/** A stretch of a text of one kind: from a place to the one before `end`. */
export interface Span {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The spans that tags name, in whichever scheme: BIO, IOB, BIOES, BMES, BILOU. What goes on without having begun begins there, as the
 * shared tasks' own script counts it.
 *
 * @see https://www.clips.uantwerpen.be/conll2000/chunking/output.html
 */
export function spansOf(tags: readonly string[]): readonly Span[] {
  const spans: Span[] = [];
  let open: { kind: string; start: number } | undefined;
  const close = (end: number) => {
    if (open) spans.push({ ...open, end });
    open = undefined;
  };
  for (const [i, tag] of tags.entries()) {
    const [place, kind] = partsOf(tag);
    const goesOn = open !== undefined && kind === open.kind && "IMEL".includes(place);
    if (!goesOn) {
      close(i);
      if (place !== "O") open = { kind, start: i };
    }
    if ("ESLU".includes(place)) close(i + 1);
  }
  close(tags.length);
  return spans;
}

/** `B-PER` is the beginning of a PER; a tag without a place is all of its kind. */
function partsOf(tag: string): readonly [place: string, kind: string] {
  if (tag === "O") return ["O", ""];
  const match = /^([BIMESLU])-(.+)$/.exec(tag);
  return match ? [match[1]!, match[2]!] : ["I", tag];
}

/** Spans as tags that say where each begins and ends (BIOES): the scheme that taggers learn best. */
export function tagsOf(spans: readonly Span[], length: number): string[] {
  const tags = Array<string>(length).fill("O");
  for (const { kind, start, end } of spans) {
    if (end - start === 1) tags[start] = `S-${kind}`;
    else for (let i = start; i < end; i++) tags[i] = `${i === start ? "B" : i === end - 1 ? "E" : "I"}-${kind}`;
  }
  return tags;
}

/** F1 of the spans of paths of numbered tags, where −1 is after a text's end: paths and truth `[texts, tokens]`. */
export const pathF1 =
  (names: readonly string[]) =>
  (paths: Tensor, truth: Tensor): number => {
    const [texts, length] = truth.shape as [number, number];
    const read = (tensor: Tensor, text: number) => {
      const own = Array.from({ length }, (_, i) => Number(tensor.data[text * length + i]));
      return spansOf(own.map((tag) => names[tag] ?? "O"));
    };
    const rows = Array.from({ length: texts }, (_, text) => text);
    return spanScores(
      rows.map((text) => read(truth, text)),
      rows.map((text) => read(paths, text)),
    ).f1;
  };

/** How well spans are found: those are right whose kind, start and end are. */
export interface SpanScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Scores over all texts together. */
export function spanScores(truth: readonly (readonly Span[])[], found: readonly (readonly Span[])[]): SpanScores {
  let [right, wanted, given] = [0, 0, 0];
  for (const [i, spans] of truth.entries()) {
    const names = new Set(spans.map(({ kind, start, end }) => `${kind} ${start} ${end}`));
    wanted += spans.length;
    given += found[i]!.length;
    right += found[i]!.filter(({ kind, start, end }) => names.has(`${kind} ${start} ${end}`)).length;
  }
  const ratio = (a: number, b: number) => (b === 0 ? 0 : a / b);
  return { precision: ratio(right, given), recall: ratio(right, wanted), f1: ratio(2 * right, wanted + given) };
}
