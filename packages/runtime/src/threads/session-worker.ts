import { parent } from "#parent";
import type { Envelope } from "../protocol.ts";
import { hostSessions } from "../session-host.ts";

// The runtime's binding takes a Float16Array for empty; where the class is missing, half precision travels as its 16 bits.
Reflect.deleteProperty(globalThis, "Float16Array");
// The error that ends each training run is thrown away.
Error.stackTraceLimit = 0;

const host = hostSessions(parent.post);
parent.listen((message) => host.receive(message as Envelope));
