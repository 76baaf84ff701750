import { defineConfig } from "vitest/config";

const conditions = ["@athanor/source", "node", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ["*.test.ts", "packages/*/src/**/*.test.ts", "scripts/*.test.ts", "examples/*/*.test.ts"],
    execArgv: ["--conditions=@athanor/source"],
    pool: "forks",
    sequence: { shuffle: true },
    restoreMocks: true,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
