export * from "@athanor/knowledge";
