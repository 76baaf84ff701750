import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { rowsOf, type Table } from "../table.ts";
import { checkConnector } from "../testing/check-connector.ts";
import { json } from "./json.ts";

checkConnector({
  name: "json",
  async write(folder, version) {
    const path = join(folder, "a.json");
    await writeFile(
      path,
      JSON.stringify([
        { id: 1, name: "书" },
        { id: version + 1, name: null },
      ]),
    );
    return path;
  },
  connect: (folder) => json({ path: join(folder, "a.json") }),
  plain: (tables: readonly Table[]) => tables.flatMap(rowsOf),
  expected: [
    { id: 1, name: "书" },
    { id: 2, name: null },
  ],
});
