export { checkTask, type TaskFixture } from "./check-task.ts";
