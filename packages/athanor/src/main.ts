import { runCommandLine } from "./run-command-line.ts";

const controller = new AbortController();
const interrupt = () => {
  if (controller.signal.aborted) process.exit(130);
  controller.abort();
};
process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);
process.exitCode = await runCommandLine(process.argv.slice(2), controller.signal);
