export * from "@athanor/system";
