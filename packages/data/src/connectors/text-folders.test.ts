import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { rowsOf, type Table } from "../table.ts";
import { checkConnector } from "../testing/check-connector.ts";
import { textFolders } from "./text-folders.ts";

checkConnector({
  name: "textFolders",
  async write(folder, version) {
    for (const label of ["good", "bad"]) await mkdir(join(folder, "t", label), { recursive: true });
    await writeFile(join(folder, "t", "good", "1.txt"), "a fine film");
    await writeFile(join(folder, "t", "bad", "2.txt"), version === 1 ? "糟糕" : "dull");
    return join(folder, "t", "bad", "2.txt");
  },
  connect: (folder) => textFolders({ path: join(folder, "t") }),
  plain: (tables: readonly Table[]) => tables.flatMap(rowsOf),
  expected: [
    { path: "bad/2.txt", text: "糟糕", label: "bad" },
    { path: "good/1.txt", text: "a fine film", label: "good" },
  ],
});
