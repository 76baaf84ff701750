import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { GraphBuilder, writeModel } from "@athanor/onnx";
import type { Device } from "../device.ts";
import type { Probe, ProbeAnswer } from "./probe.ts";

export interface ProbeRequest {
  readonly device: Device;
  /** A chain of products of `x: [side, side]`. */
  readonly bytes: Uint8Array;
  readonly side: number;
}

const side = 512;
/** Enough work that a device's way there and back does not decide. */
const products = 8;

/** A driver may hang; one that compiles kernels on a busy machine takes seconds. */
const patienceMs = 60_000;

const answers = new Map<Device, Promise<ProbeAnswer>>();

/** Tries a device in a process of its own, once: opening it is the only way to know that it is there. */
export const probeDevice: Probe = (device) => {
  const known = answers.get(device) ?? askProcess(device);
  answers.set(device, known);
  return known;
};

/** Compiled code starts a compiled process, sources start sources. */
const script = new URL(`./probe-process${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

function askProcess(device: Device): Promise<ProbeAnswer> {
  const child = fork(fileURLToPath(script), {
    execArgv: [],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  return new Promise((resolve) => {
    const waited = setTimeout(() => {
      resolve({ reason: `no answer within ${patienceMs / 1000} seconds` });
      child.kill("SIGKILL");
    }, patienceMs);
    child.once("message", (answer) => resolve(answer as ProbeAnswer));
    child.once("error", ({ message }) => resolve({ reason: message }));
    child.once("exit", (code, signal) => {
      clearTimeout(waited);
      resolve({ reason: `the process that tried it ended with ${signal ?? `code ${code}`}` });
    });
    child.send({ device, bytes: productChain(), side } satisfies ProbeRequest);
  });
}

function productChain(): Uint8Array {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", [side, side]);
  let y = x;
  for (let i = 0; i < products; i++) y = g.matMul(y, x);
  g.output("y", y);
  return writeModel(g.build());
}
