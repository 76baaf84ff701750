export * from "@athanor/ml";
