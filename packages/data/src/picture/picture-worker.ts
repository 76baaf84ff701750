import { parentPort, workerData } from "node:worker_threads";
import { AthanorError } from "@athanor/core";
import { type MakingPictures, makePictures, type PictureJob } from "./make-pictures.ts";

const making = workerData as MakingPictures;

parentPort!.on("message", async (job: PictureJob) => {
  try {
    await makePictures(making, job);
    parentPort!.postMessage({});
  } catch (error) {
    const { code, message, fix, details } = error instanceof AthanorError ? error : brokenWorker(error);
    parentPort!.postMessage({ error: { code, message, fix, details } });
  }
});

const brokenWorker = (error: unknown) =>
  new AthanorError("data/pictures", `Pictures: expected them to be made, got ${(error as Error).message}`);
