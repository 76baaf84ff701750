import { answerPieces } from "../threads/answer-pieces.ts";
import { type ForestTask, growNumbered, spaceFor } from "./grow-forest.ts";

answerPieces(
  (task: ForestTask) => {
    const space = spaceFor(task);
    return (piece) => growNumbered(task, piece, space);
  },
  ({ outputs: _, ...arrays }) => Object.values(arrays).map(({ buffer }) => buffer as ArrayBuffer),
);
