/** Multiply-adds that are worth the start of a thread: some 150 ms of them. */
export const LEAST_WORK = 1e9;

/** Multiply-adds that are worth bringing their result, one number, to the calling thread. */
export const LEAST_PER_NUMBER = 256;
