import { float64, type Tensor } from "@athanor/core";

/** A function of numbers as an operator's reference in double precision; an operand of one element is repeated. */
export const elementwise =
  (compute: (...numbers: readonly number[]) => number) =>
  (inputs: readonly Tensor<"float64">[]): Tensor<"float64"> => {
    const largest = inputs.reduce((most, input) => (input.size > most.size ? input : most));
    const values = Array.from({ length: largest.size }, (_, i) =>
      compute(...inputs.map(({ data, size }) => data[size === 1 ? 0 : i]!)),
    );
    return float64(values, largest.shape);
  };
