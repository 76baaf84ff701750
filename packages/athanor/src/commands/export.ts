import { AthanorError, integer, text } from "@athanor/core";
import { exportFolder, exportGraph, exportModel, openRecord } from "@athanor/system";
import { defineCommand } from "../define-command.ts";

const command = defineCommand({
  name: "export",
  summary: "Write a model as .onnx or as a folder for transformers.js, or the knowledge graph as GEXF",
  usage: "model TASK | folder TASK | graph",
  flags: {
    out: text(null, "the file or folder to write; TASK.onnx, TASK or graph.gexf when left out"),
    version: integer(null, "a version of the model other than the champion", { min: 1 }),
  },
  words: [1, 2],
  examples: ["athanor export model churn --out churn.onnx", "athanor export graph --out bookshop.gexf"],
  async run({ words: [what, task], flags, project, signal }) {
    await using workspace = await openRecord(project);
    const out = flags.out as string | null;
    if (what === "model" && task !== undefined) {
      const path = out ?? `${task}.onnx`;
      const { version, bytes } = await exportModel(
        workspace,
        task,
        path,
        (flags.version as number | null) ?? undefined,
      );
      return {
        data: { task, version, path, bytes },
        print: (terminal) => terminal.print(`${path}: ${task} version ${version}, ${bytes} bytes`),
      };
    }
    if (what === "folder" && task !== undefined) {
      const path = out ?? task;
      const { version, files } = await exportFolder(
        workspace,
        task,
        path,
        (flags.version as number | null) ?? undefined,
      );
      return {
        data: { task, version, path, files },
        print: (terminal) => terminal.print(`${path}: ${task} version ${version}, ${files.join(", ")}`),
      };
    }
    if (what === "graph" && task === undefined) {
      const path = out ?? "graph.gexf";
      const { nodes, edges } = await exportGraph(workspace, path, { signal });
      return {
        data: { path, nodes, edges },
        print: (terminal) => terminal.print(`${path}: ${nodes} nodes, ${edges} edges`),
      };
    }
    throw new AthanorError(
      "usage/export",
      `athanor export: expected model TASK, folder TASK or graph, got ${[what, task].join(" ").trim()}`,
      {
        fix: "Write athanor export model TASK, athanor export folder TASK, or athanor export graph.",
        details: { what, task },
      },
    );
  },
});

export { command as export_ };
