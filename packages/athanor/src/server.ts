export * from "@athanor/server";
