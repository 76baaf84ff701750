import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { AthanorError } from "@athanor/core";
import { defineRoute } from "../define-route.ts";

export const reportPage = defineRoute({
  method: "GET",
  paths: ["/report"],
  summary: "The report of the last learn run",
  async handle({ workspace: { folder } }, _request, reply) {
    const path = join(folder, "report.html");
    await stat(path).catch((cause) => {
      throw new AthanorError("server/no-report", `Server: expected ${path}, got no such file`, {
        fix: "Run `athanor learn`.",
        cause,
      });
    });
    return reply.type("text/html").send(createReadStream(path));
  },
});
