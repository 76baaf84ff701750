/** Whether threads can share memory: not on a web page that is not cross-origin isolated. */
export const canShareMemory = typeof SharedArrayBuffer !== "undefined";

/** Allocates memory that other threads see without a copy, where they can share any. */
export const shareableBuffer = (byteLength: number): ArrayBufferLike =>
  canShareMemory ? new SharedArrayBuffer(byteLength) : new ArrayBuffer(byteLength);

/** Whether other threads may see the memory under a view. */
export const isShared = ({ buffer }: ArrayBufferView): boolean => canShareMemory && buffer instanceof SharedArrayBuffer;
