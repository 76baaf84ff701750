export { AthanorError, type ErrorCode, type ErrorContext } from "./athanor-error.ts";
export { contentHash, hashBytes, hashSlices } from "./content-hash.ts";
export { isAbort, type LongWork, type Progress, pauses, yieldToEventLoop } from "./long-work.ts";
export { nearestName } from "./nearest-name.ts";
export {
  expectation,
  flag,
  integer,
  integers,
  type Option,
  type OptionInput,
  type OptionSpec,
  type OptionValues,
  oneOf,
  real,
  reals,
  required,
  resolveOptions,
  show,
  text,
  texts,
} from "./options.ts";
export { peakMemoryBytes } from "./peak-memory.ts";
export { Random, type RandomState } from "./random.ts";
export { runAhead } from "./run-ahead.ts";
export { canShareMemory, isShared, shareableBuffer } from "./shareable-buffer.ts";
export { atOnce, inSlices, type Slices } from "./slices.ts";
export {
  arrayOf,
  bytesPerElement,
  type DType,
  float32,
  float64,
  int64,
  numbersPerElement,
  sizeOf,
  Tensor,
  type TensorData,
  zeros,
} from "./tensor.ts";
