import { sizeOf } from "@athanor/core";
import type { Network } from "../network.ts";

/** How many numbers a network learns. */
export const parameterCount = ({ parameters }: Pick<Network, "parameters">): number =>
  Object.values(parameters).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
