/** Something that holds memory or threads until it is closed. */
export interface OpenHandle {
  /** A compiled graph is a session that a function of `compile` keeps. */
  readonly kind: "session" | "compiled graph" | "training step";
  /** The model's name, where it has one. */
  readonly name: string;
}

/** What can be closed by `using`, by `await using`, or by forgetting it. */
export type Closable = Disposable & AsyncDisposable;

const open = new Set<OpenHandle>();
const forgotten = new FinalizationRegistry<() => Promise<void>>((close) => void close());

/** What is open in this process: what is left at the end of a test has leaked, or waits to be collected. */
export const openHandles = (): readonly OpenHandle[] => [...open];

/**
 * Makes an object out of members that closes what it holds once: when it is disposed of, or when nobody holds it any more.
 *
 * Neither the members nor `close` may refer to the object.
 */
export function held<T extends object>(handle: OpenHandle, members: T, close: () => Promise<void>): T & Closable {
  open.add(handle);
  let closing: Promise<void> | undefined;
  const closeOnce = () => {
    open.delete(handle);
    forgotten.unregister(handle);
    closing ??= close();
    return closing;
  };
  const object = Object.assign(members, {
    [Symbol.asyncDispose]: closeOnce,
    [Symbol.dispose]: () => void closeOnce(),
  });
  forgotten.register(object, closeOnce, handle);
  return object;
}
