import { integer, text } from "@athanor/core";
import { defineCommand } from "../define-command.ts";

export const serve = defineCommand({
  name: "serve",
  summary: "Serve predictions over HTTP: Open Inference Protocol, typed routes, OpenAPI page",
  usage: "",
  flags: {
    host: text("127.0.0.1", "the address to listen on; any but loopback needs a key"),
    port: integer(7700, "the port; 0 takes a free one", { min: 0, max: 65_535 }),
    key: text(null, "clients must send it as `Authorization: Bearer KEY`; ATHANOR_KEY does the same"),
  },
  words: [0, 0],
  examples: ["athanor serve", "ATHANOR_KEY=… athanor serve --host 0.0.0.0 --port 8080"],
  async run({ flags, project, terminal, signal }) {
    const { startServer } = await import("@athanor/server");
    const server = await startServer({
      directory: project,
      host: flags.host as string,
      port: flags.port as number,
      key: (flags.key as string | null) ?? process.env.ATHANOR_KEY,
    });
    terminal.note(
      `Serving ${server.tasks.join(", ")} at ${server.address}, documentation at ${server.address}/docs; Ctrl-C ends it`,
    );
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener("abort", () => resolve(), { once: true });
    });
    await server[Symbol.asyncDispose]();
    return { data: { address: server.address }, print: (out) => out.print("stopped") };
  },
});
