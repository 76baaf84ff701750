import { answerPieces } from "../threads/answer-pieces.ts";
import { SmoSpace } from "./smo-space.ts";
import type { SmoTask } from "./solve-aside.ts";
import { solveSmo } from "./solve-smo.ts";

answerPieces(
  ({ problem, stop }: SmoTask) =>
    () =>
      solveSmo(new SmoSpace(), problem, stop),
);
