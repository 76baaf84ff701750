import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { AthanorError, type ErrorCode, type Random, shareableBuffer, Tensor } from "@athanor/core";
import type { ImageShape } from "../decode-image.ts";
import type { Augmentation } from "../define-augmentation.ts";
import type { MakingPictures, PictureJob } from "./make-pictures.ts";

/** Which pictures, what is done to them, and by how many threads. */
export interface OpenPicturesOptions {
  /** Decoded pictures `[pictures, channels, height, width]`, or files: paths or bytes, which are decoded whenever they are asked for. */
  readonly pictures: Tensor<"uint8"> | readonly (string | Uint8Array)[];
  /** What comes out; what has another size after all augmentations is cut and scaled to it. */
  readonly shape: ImageShape;
  readonly augmentations?: readonly Augmentation[];
  /** Threads that decode and augment; half of the cores by default. */
  readonly workers?: number;
}

/** Pictures that threads decode and augment when a batch asks for them. */
export interface PictureSource extends AsyncDisposable {
  readonly count: number;
  /**
   * The named pictures in their order, `[rows, channels, height, width]`: the same for the same stream, whatever the number of
   * threads.
   *
   * @throws `data/broken-image`, `data/pictures` when a thread died
   */
  take(rows: Uint32Array, random: Random, signal?: AbortSignal): Promise<Tensor<"uint8">>;
}

interface Waiting {
  readonly job: PictureJob;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const script = new URL(
  import.meta.url.endsWith(".ts") ? "./picture-worker.ts" : "./picture-worker.js",
  import.meta.url,
);

/** Opens pictures that threads decode and augment batch by batch. */
export function openPictures({
  pictures,
  shape,
  augmentations = [],
  workers: threads = Math.max(1, availableParallelism() >> 1),
}: OpenPicturesOptions): PictureSource {
  const making: MakingPictures = { stored: storedOf(pictures), augmentations, shape };
  const size = shape.channels * shape.height * shape.width;
  const waiting: Waiting[] = [];
  const idle: Worker[] = [];
  const busy = new Map<Worker, Waiting>();
  const workers: Worker[] = [];
  let death: unknown;

  const hand = () => {
    while (waiting.length > 0) {
      const worker = idle.pop() ?? (workers.length < threads ? start() : undefined);
      if (worker === undefined) return;
      const next = waiting.shift()!;
      busy.set(worker, next);
      worker.ref();
      worker.postMessage(next.job);
    }
  };
  const start = (): Worker => {
    const worker = new Worker(script, { workerData: making });
    workers.push(worker);
    worker.on("message", ({ error }: { readonly error?: { code: ErrorCode; message: string; fix?: string } }) => {
      const done = busy.get(worker)!;
      busy.delete(worker);
      idle.push(worker);
      worker.unref();
      if (error) done.reject(new AthanorError(error.code, error.message, error));
      else done.resolve();
      hand();
    });
    const end = (cause: unknown) => {
      death = new AthanorError(
        "data/pictures",
        `Pictures: expected threads to make them, got ${(cause as Error).message}`,
        { fix: "Open them again, with fewer workers when memory is short.", cause },
      );
      for (const { reject } of [...busy.values(), ...waiting.splice(0)]) reject(death);
      busy.clear();
    };
    worker.on("error", end);
    worker.on("exit", (code) => end(new Error(`exit with code ${code}`)));
    return worker;
  };

  return {
    count: Array.isArray(pictures) ? pictures.length : (pictures as Tensor).shape[0]!,
    async take(rows, random, signal) {
      signal?.throwIfAborted();
      if (death) throw death;
      const made = new Uint8Array(shareableBuffer(rows.length * size));
      const share = Math.max(1, Math.ceil(rows.length / (2 * threads)));
      const parts = Array.from({ length: Math.ceil(rows.length / share) }, (_, i) => i * share);
      await Promise.all(
        parts.map(
          (first) =>
            new Promise<void>((resolve, reject) => {
              const job = { rows: rows.slice(first, first + share), random: random.state, first, made };
              waiting.push({ job, resolve, reject });
              hand();
            }),
        ),
      );
      return new Tensor("uint8", made, [rows.length, shape.channels, shape.height, shape.width]);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** Pictures in memory that all threads see, copied into it where they are not. */
function storedOf(pictures: OpenPicturesOptions["pictures"]): MakingPictures["stored"] {
  if (!(pictures instanceof Tensor)) return { files: pictures };
  const [, channels, height, width] = pictures.shape as [number, number, number, number];
  const pixels = new Uint8Array(shareableBuffer(pictures.size));
  pixels.set(pictures.data);
  return { pixels, channels, height, width };
}
