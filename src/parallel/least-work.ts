/** Multiply-adds that are worth the start of a thread: some 100 ms of them. */
export const LEAST_WORK = 5e8;
