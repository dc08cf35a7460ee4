/** What a command has to say in the end. */
export interface Finished {
  /** For standard output. */
  readonly output: string;
  readonly code: 0 | 1 | 2;
}
