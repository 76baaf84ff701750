import { oneOf } from "@athanor/core";

/** Every device that a graph can be asked to run on. */
export const devices = ["cpu", "cuda", "coreml", "dml", "webgpu"] as const;

/** Where a graph runs: the processor, or what an execution provider of the runtime drives. */
export type Device = (typeof devices)[number];

/** Declared once, for the programming interface and the command line. */
export const deviceOption = oneOf("cpu", "what runs the graph; auto takes the fastest that opens here", [
  "auto",
  ...devices,
]);

/** A device, or `auto` for the fastest that opens here. */
export type DeviceChoice = "auto" | Device;
