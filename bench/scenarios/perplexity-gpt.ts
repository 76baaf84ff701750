import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { float32, type Random, Tensor } from "@athanor/core";
import { columnOf, textFolders, textsOf } from "@athanor/data";
import { adamW, type BatchSource, cosine, fit, gpt, parameterGroups, tokenCrossEntropy, toOnnx } from "@athanor/nn";
import { writeModel } from "@athanor/onnx";
import { openSession } from "@athanor/runtime";
import { openTokenizer, special, trainBpe } from "@athanor/text";
import { kneserNey, type LanguageModel, withStarts } from "../kneser-ney.ts";

const data = process.env.ATHANOR_DATA ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));
const sizes = { vocabulary: 512, tokens: 128, width: 128, heads: 4, blocks: 4 } as const;
const given = (name: string, fallback: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};

/**
 * A GPT of a million parameters against a 5-gram model with modified Kneser-Ney smoothing: perplexity by token and bits by byte of every tenth
 * review, over the same byte pairs, learned of the other reviews. `--epochs N`, `--threads N` and `--reviews N` make it shorter.
 */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  const reviews = (await readReviews()).slice(0, given("reviews", Infinity));
  const train = reviews.filter((_, i) => i % 10 !== 9);
  const held = reviews.filter((_, i) => i % 10 === 9);
  const tokenizer = openTokenizer(trainBpe(train, { vocabularySize: sizes.vocabulary }));
  // A start before each text is the context of its first token; an end after it has to be guessed as well.
  const encode = (text: string) => [special.start, ...tokenizer.encode(text), special.end];
  const [trainTexts, heldTexts] = [train.map(encode), held.map(encode)];
  const bytes = held.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  log(`${train.length} reviews to learn from, ${held.length} held back`);

  const counted = performance.now();
  const grams = kneserNey(trainTexts, 5, sizes.vocabulary);
  const gramNats = negativeLogLikelihood(grams, heldTexts);
  const gramSeconds = (performance.now() - counted) / 1000;
  const tokens = heldTexts.reduce((sum, text) => sum + text.length - 1, 0);
  const figuresOf = (nats: number) => ({ perplexity: Math.exp(nats / tokens), bitsPerByte: nats / Math.LN2 / bytes });
  log(`5-gram: perplexity ${figuresOf(gramNats).perplexity.toFixed(3)}`);

  const started = performance.now();
  const network = gpt(sizes);
  const epochs = given("epochs", 8);
  const threads = given("threads", 0);
  const { weights, history } = await fit(network, windowsOf(trainTexts.flat()), {
    loss: tokenCrossEntropy(),
    optimizer: parameterGroups(
      [{ names: ["bias", "*norm*.scale", "table"], optimizer: adamW({ weightDecay: 0 }) }],
      adamW({ weightDecay: 0.1, beta2: 0.98 }),
    ),
    learningRate: 2e-3,
    schedule: cosine({ warmUpSteps: 200 }),
    clipNorm: 1,
    epochs,
    batchSize: 32,
    seed: 1,
    ...(threads > 0 ? { threads } : {}),
    onStep: ({ step, loss }) =>
      log(`step ${step}: loss ${loss.toFixed(3)}, ${((performance.now() - started) / 1000).toFixed(0)} s`),
  });
  const parameters = Object.values(weights).reduce((sum, { size }) => sum + size, 0);
  const nats = await gptNats(writeModel(toOnnx(network, weights)), heldTexts);
  const seconds = (performance.now() - started) / 1000;
  const [gptFigures, gramFigures] = [figuresOf(nats), figuresOf(gramNats)];
  return {
    parameters,
    epochs,
    tokens: { train: trainTexts.flat().length, held: tokens },
    gpt: { ...gptFigures, seconds },
    fiveGram: { ...gramFigures, seconds: gramSeconds },
    isReached: gptFigures.perplexity < gramFigures.perplexity,
    curve: history.map(({ epoch, loss }) => [epoch, loss]),
  };
}

async function readReviews(): Promise<readonly string[]> {
  for await (const table of textFolders({
    path: join(data, "movie-review-polarity/train.tar.gz"),
    encoding: "latin1",
  }).open())
    return textsOf(columnOf(table as never, "text")) as string[];
  throw new Error("bench: expected reviews, got none");
}

/** Windows of a stream of tokens, which begin somewhere else in each epoch, and the tokens after each of theirs. */
function windowsOf(stream: readonly number[]): BatchSource {
  const all = BigInt64Array.from(stream, BigInt);
  const { tokens } = sizes;
  return {
    count: Math.floor(all.length / tokens) - 1,
    targets: { dtype: "int64", shape: [tokens] },
    async take(rows, random: Random) {
      const x = new BigInt64Array(rows.length * tokens);
      const y = new BigInt64Array(rows.length * tokens);
      for (const [i, row] of rows.entries()) {
        const start = Math.min(row * tokens + random.integer(tokens), all.length - tokens - 1);
        x.set(all.subarray(start, start + tokens), i * tokens);
        y.set(all.subarray(start + 1, start + 1 + tokens), i * tokens);
      }
      const shape = [rows.length, tokens];
      return { x: new Tensor("int64", x, shape), y: new Tensor("int64", y, shape) };
    },
  };
}

function negativeLogLikelihood(model: LanguageModel, texts: readonly (readonly number[])[]): number {
  let nats = 0;
  for (const text of texts) {
    const padded = withStarts(text, model.order);
    for (let i = model.order - 1; i < padded.length; i++)
      nats -= Math.log(model.probability(padded.slice(i - model.order + 1, i), padded[i]!));
  }
  return nats;
}

/** Each token is scored once, with at least half a window before it where its text has so much. */
async function gptNats(model: Uint8Array, texts: readonly (readonly number[])[]): Promise<number> {
  await using session = await openSession(model);
  const half = sizes.tokens / 2;
  const windows = texts.flatMap((text) => {
    const ends = [];
    for (let end = sizes.tokens; ; end += half) {
      const start = Math.max(0, Math.min(end, text.length - 1) - sizes.tokens);
      const from = end === sizes.tokens ? 0 : end - half;
      ends.push({ text, start, from, to: Math.min(end, text.length - 1) });
      if (end >= text.length - 1) return ends;
    }
  });
  let nats = 0;
  for (let at = 0; at < windows.length; at += 16) {
    const batch = windows.slice(at, at + 16);
    const x = new BigInt64Array(batch.length * sizes.tokens);
    for (const [i, { text, start, to }] of batch.entries())
      for (let k = start; k < to; k++) x[i * sizes.tokens + k - start] = BigInt(text[k]!);
    const { output } = await session.run({ x: new Tensor("int64", x, [batch.length, sizes.tokens]) });
    const scores = float32(output!.data as Float32Array, output!.shape);
    for (const [i, { text, start, from, to }] of batch.entries())
      for (let k = from; k < to; k++) nats -= logProbability(scores, i, k - start, text[k + 1]!);
  }
  return nats;
}

function logProbability({ data: scores }: Tensor<"float32">, row: number, place: number, token: number): number {
  const start = (row * sizes.tokens + place) * sizes.vocabulary;
  const own = scores.subarray(start, start + sizes.vocabulary);
  let most = Number.NEGATIVE_INFINITY;
  for (const score of own) most = Math.max(most, score);
  let sum = 0;
  for (const score of own) sum += Math.exp(score - most);
  return own[token]! - most - Math.log(sum);
}
