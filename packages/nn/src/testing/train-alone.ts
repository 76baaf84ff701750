import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { contentHash } from "@athanor/core";
import { fit } from "../fit.ts";
import { dropout } from "../layers/dropout.ts";
import { linear } from "../layers/linear.ts";
import { sequential } from "../sequential.ts";
import { ringOptions, rings } from "./rings.ts";

// A training in a process of its own, with a checkpoint an epoch in a file: it may be killed at any time and started again.
const [file] = process.argv.slice(2) as [string];
const network = sequential([linear({ outFeatures: 32 }), dropout({ rate: 0.2 }), linear({ outFeatures: 2 })], {
  name: "rings",
  input: { dtype: "float32", shape: [2] },
});
const { weights } = await fit(network, rings(2000, 1), {
  ...ringOptions,
  epochs: 6,
  resumeFrom: existsSync(file) ? readFileSync(file) : undefined,
  async onCheckpoint(bytes) {
    writeFileSync(`${file}.new`, bytes);
    renameSync(`${file}.new`, file);
    process.send!("checkpoint");
  },
});
process.send!(contentHash(weights));
