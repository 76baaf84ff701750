import { threads } from "#threads";
import type { Envelope } from "../protocol.ts";
import { hostSessions } from "../session-host.ts";

const host = hostSessions(threads.post);
threads.listen((message) => host.receive(message as Envelope));
