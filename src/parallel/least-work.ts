/** Multiply-adds that are worth the start of a thread: some 200 ms of them. */
export const LEAST_WORK = 1e9;
