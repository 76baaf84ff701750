// The runtime's binding takes a Float16Array for empty; where the class is missing, half precision travels as its 16 bits. The runtime
// looks for the class once in a process, so that this has to come before it.
Reflect.deleteProperty(globalThis, "Float16Array");
