import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { AthanorError, nearestName } from "@athanor/core";
import { defineCommand } from "../define-command.ts";
import { starter } from "../templates/starter.ts";
import type { Template } from "../templates/template.ts";

const templates: Readonly<Record<string, Template>> = { starter };

export const init = defineCommand({
  name: "init",
  summary: "Write a working project into an empty folder",
  usage: "[TEMPLATE]",
  flags: {},
  words: [0, 1],
  examples: ["mkdir shop && cd shop && npx athanor init", "athanor init starter --project shop"],
  async run({ words: [name = "starter"], project }) {
    const template = templates[name];
    if (template === undefined) {
      const known = Object.keys(templates);
      throw new AthanorError(
        "usage/template",
        `athanor init: expected one of the templates ${known.join(", ")}, got ${name}`,
        {
          fix: `Write athanor init ${nearestName(name, known) ?? known[0]}.`,
          details: { template: name, known },
        },
      );
    }
    const present = (await readdir(project).catch(() => [])).filter((entry) => !entry.startsWith("."));
    if (present.length > 0) {
      throw new AthanorError(
        "usage/not-empty",
        `athanor init: expected ${project} to be empty, got ${present.length} entries such as ${present[0]}`,
        {
          fix: "Make a new folder and run it there, or name one with --project.",
          details: { project },
        },
      );
    }
    const files = template(basename(project));
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(project, path)), { recursive: true });
      await writeFile(join(project, path), content);
    }
    const written = Object.keys(files);
    return {
      data: { project, files: written },
      print(out) {
        for (const path of written) out.print(`wrote ${path}`);
        out.print("Next: npm install, then npx athanor learn");
      },
    };
  },
});
