import { join } from "node:path";
import { writeSnapshot } from "../snapshot.ts";
import { rowsOf, type Table, tableFromRows } from "../table.ts";
import { checkConnector } from "../testing/check-connector.ts";
import { parquet } from "./parquet.ts";

checkConnector({
  name: "parquet",
  async write(folder, version) {
    const path = join(folder, "a.parquet");
    await writeSnapshot(tableFromRows([{ id: version, name: "书", open: true, share: 0.5 }]), path);
    return path;
  },
  connect: (folder) => parquet({ path: join(folder, "a.parquet") }),
  plain: (tables: readonly Table[]) => tables.flatMap(rowsOf),
  expected: [{ id: 1, name: "书", open: true, share: 0.5 }],
});
