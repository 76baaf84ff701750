import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Document } from "../document.ts";
import { checkConnector } from "../testing/check-connector.ts";
import { documents } from "./documents.ts";

checkConnector({
  name: "documents",
  async write(folder, version) {
    await writeFile(
      join(folder, "b.html"),
      '<html lang="zh"><head><title>好书</title><meta name="book" content="9"></head><body><p>我喜欢这本书。</p></body></html>',
    );
    const path = join(folder, "a.md");
    await writeFile(path, `---\nbook: 7\n---\n# A *fine* book\n\nRead it ${version} times & more.\n\n- one\n- two\n`);
    return path;
  },
  connect: (folder) => documents({ path: join(folder, "*.{md,html}") }),
  plain: (batches: readonly (readonly Document[])[]) => batches.flat(),
  expected: [
    {
      id: "a.md",
      title: "A fine book",
      text: "A fine book\nRead it 1 times & more.\none\ntwo",
      language: "en",
      metadata: { book: "7" },
    },
    { id: "b.html", title: "好书", text: "我喜欢这本书。", language: "zh", metadata: { book: "9" } },
  ],
});
