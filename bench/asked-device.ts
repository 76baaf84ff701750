import { parseArgs } from "node:util";
import { resolveOptions } from "@athanor/core";
import { type DeviceChoice, deviceOption } from "@athanor/runtime";

/** What `--device` on the command line names. */
export function askedDevice(): DeviceChoice {
  const { values } = parseArgs({ strict: false, options: { device: { type: "string" } } });
  const given = values.device === undefined ? {} : { device: values.device };
  return resolveOptions("bench", { device: deviceOption }, given).device;
}
