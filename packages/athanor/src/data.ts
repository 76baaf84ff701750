export * from "@athanor/data";
