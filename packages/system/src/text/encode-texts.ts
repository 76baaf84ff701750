import { pauses } from "@athanor/core";
import type { Tokenizer } from "@athanor/text";

/** Numbers of the tokens of texts, so many of each at most, with pauses in which timers and input have their turn. */
export async function encodeTexts(
  tokenizer: Tokenizer,
  texts: readonly string[],
  maxLength: number,
  signal?: AbortSignal,
): Promise<number[][]> {
  const pause = pauses({ signal });
  const ids: number[][] = [];
  for (const text of texts) {
    ids.push(tokenizer.encode(text).slice(0, maxLength));
    await pause();
  }
  return ids;
}
