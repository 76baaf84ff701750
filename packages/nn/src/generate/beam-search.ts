/** How texts are searched for. */
export interface BeamSearchOptions {
  readonly start: number;
  /** The token that ends a text. */
  readonly end: number;
  /** How many texts are followed at once; 1 takes the best token at each step. */
  readonly beams?: number;
  /** Most tokens of a text, without start and end. */
  readonly maxTokens: number;
  /** A finished text's score is divided by its length to this power, so that long texts stand a chance. */
  readonly lengthPenalty?: number;
}

/** A text that was found. */
export interface Hypothesis {
  /** Without start and end. */
  readonly tokens: readonly number[];
  /** Logarithm of its probability, divided by its length to the power of the penalty. */
  readonly score: number;
}

/** For each text, start included, the logarithms of the probabilities of what may follow. */
export type Continuations = (texts: readonly (readonly number[])[]) => Promise<readonly ArrayLike<number>[]>;

interface Beam {
  readonly text: readonly number[];
  readonly logProbability: number;
}

/**
 * The most probable texts, as far as those show early: at each step the best continuations of the best texts are followed.
 *
 * @returns at most as many texts as beams, the best first
 * @see Wu et al. 2016, section 7, https://arxiv.org/abs/1609.08144
 */
export async function beamSearch(
  next: Continuations,
  { start, end, beams = 4, maxTokens, lengthPenalty = 1 }: BeamSearchOptions,
): Promise<readonly Hypothesis[]> {
  let open: readonly Beam[] = [{ text: [start], logProbability: 0 }];
  const found: Hypothesis[] = [];
  const finish = ({ text, logProbability }: Beam, length: number) =>
    found.push({ tokens: text.slice(1), score: logProbability / length ** lengthPenalty });
  for (let step = 0; step < maxTokens && open.length > 0; step++) {
    const continued = await next(open.map(({ text }) => text));
    const candidates = open
      .flatMap(({ text, logProbability }, i) =>
        best(continued[i]!, beams + 1).map((token) => ({
          text: [...text, token],
          logProbability: logProbability + continued[i]![token]!,
        })),
      )
      .sort((a, b) => b.logProbability - a.logProbability);
    const followed: Beam[] = [];
    for (const candidate of candidates.slice(0, 2 * beams)) {
      if (followed.length === beams) break;
      if (candidate.text.at(-1) === end) finish({ ...candidate, text: candidate.text.slice(0, -1) }, step + 1);
      else followed.push(candidate);
    }
    open = found.length >= beams ? [] : followed;
  }
  for (const beam of open) finish(beam, beam.text.length - 1);
  return found.sort((a, b) => b.score - a.score).slice(0, beams);
}

const best = (logs: ArrayLike<number>, count: number): readonly number[] =>
  Array.from({ length: logs.length }, (_, token) => token)
    .sort((a, b) => logs[b]! - logs[a]!)
    .slice(0, count);
