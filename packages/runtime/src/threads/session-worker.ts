import { parent } from "#parent";
import type { Envelope } from "../protocol.ts";
import { hostSessions } from "../session-host.ts";

const host = hostSessions(parent.post);
parent.listen((message) => host.receive(message as Envelope));
