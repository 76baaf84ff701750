import { answerPieces } from "../threads/answer-pieces.ts";
import { type PairwiseTask, separatePair } from "./pairwise.ts";
import { SmoSpace } from "./smo-space.ts";

answerPieces((task: PairwiseTask) => {
  const space = new SmoSpace();
  return (piece) => separatePair(task, piece, space);
});
