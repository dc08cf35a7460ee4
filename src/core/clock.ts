/** Milliseconds on a clock that never goes back: the one that the library reads, so that a test can set it. */
export const now = (): number => performance.now();
