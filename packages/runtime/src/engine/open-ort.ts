import type * as Ort from "onnxruntime-node";
import { mapValues } from "../map-values.ts";
import type { PlainFeeds, PlainTensor, Requests } from "../protocol.ts";
import type { Port } from "../session.ts";
import type { EngineSession } from "./engine.ts";

/** Rewrites of the runtime that hold for single precision only: one rounds a scale to it, one wants a kernel that is not there. */
const withoutSingle = { optimization: { disable_specified_optimizers: "MatMulScaleFusion;QuickGeluFusion" } };

/** Without weights, folding only writes out constants that are larger than what they are made of. */
const withoutFolding = { optimization: { disable_specified_optimizers: "ConstantFolding" } };

/** A session with what is the same in the runtime's packages for Node and for browsers. */
export interface OpenOrt extends Omit<EngineSession, "bind" | "keep" | "endTrace"> {
  readonly session: Ort.InferenceSession;
  toOrt(tensors: PlainFeeds): Record<string, Ort.Tensor>;
}

export async function openOrt(
  { InferenceSession, Tensor }: Pick<typeof Ort, "InferenceSession" | "Tensor">,
  { bytes, threads, isTraining, isDouble = false, isOptimized = false, hasWeights = true }: Requests["open"]["request"],
  more: Ort.InferenceSession.SessionOptions = {},
): Promise<OpenOrt> {
  const session = await InferenceSession.create(bytes, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    logSeverityLevel: 3,
    graphOptimizationLevel: isOptimized ? "disabled" : isTraining ? "basic" : "all",
    enableCpuMemArena: true,
    // Of a large step a pattern of memory is a second copy: the first run has allocated each value for itself.
    enableMemPattern: !isTraining,
    ...more,
    extra: {
      session: {
        set_denormal_as_zero: "1",
        // Its threads would go on to take a core for some 40 ms, from whoever asked for the run above all.
        force_spinning_stop: "1",
        ...(isTraining ? { intra_op: { dynamic_block_base: "4" } } : {}),
      },
      ...(isDouble ? withoutSingle : {}),
      ...(hasWeights ? {} : withoutFolding),
    },
  });
  const toOrt: OpenOrt["toOrt"] = (tensors) =>
    mapValues(tensors, ({ dtype, data, shape }) => new Tensor(dtype as "float32", data as Float32Array, shape));
  return {
    session,
    toOrt,
    inputs: ports(session.inputMetadata),
    outputs: ports(session.outputMetadata),
    async run(feeds, outputs) {
      return mapValues(await session.run(toOrt(feeds), [...outputs]), toPlain);
    },
    release: () => session.release(),
  };
}

/** Half precision travels as its bits. */
export const toPlain = ({ type, data, dims }: Ort.Tensor): PlainTensor => {
  const { buffer, byteOffset, length } = data as Uint16Array;
  const isHalf = type === "float16";
  return {
    dtype: type as PlainTensor["dtype"],
    data: isHalf ? new Uint16Array(buffer, byteOffset, length) : data,
    shape: dims,
  };
};

const ports = (metadata: readonly Ort.InferenceSession.ValueMetadata[]): readonly Port[] =>
  metadata.map((value) => ({
    name: value.name,
    dtype: (value.isTensor ? value.type : "float32") as Port["dtype"],
    shape: value.isTensor ? value.shape : undefined,
  }));
