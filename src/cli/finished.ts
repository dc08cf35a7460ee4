/** What a command has to say in the end. */
export interface Finished {
  /** What it prints, or writes to the file that was named. */
  readonly output: string;
  readonly code: 0 | 1 | 2 | 3;
}

/** Ends a command; `output` is a file, or '-' or undefined for standard output. */
export type Finish = (result: Finished, given: { readonly output?: string; readonly quiet?: boolean }) => void;
