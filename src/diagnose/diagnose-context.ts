import { remedied } from './apply-remedy.js';
import { basisOf } from './basis.js';
import type { Context } from './findings/context.js';
import type { Remedy } from './findings/remedy.js';
import { type DiagnoseSettings, readInput, type Tables } from './read-input.js';
import { sharedResults } from './shared-results.js';

/** What findings read, of tables that have been through the door. */
export function contextOf(tables: Tables, settings: DiagnoseSettings): Context {
  const basis = basisOf(tables, settings);
  const rerun = (remedy: Remedy) => {
    const changed = remedied(basis, remedy);
    return contextOf(changed.tables, changed.settings);
  };
  return { ...basis, ...sharedResults(basis), rerun };
}

/** Reads the input and options of `diagnose`, and sets up what findings share. */
export function readContext(input: unknown, options: unknown) {
  const { tables, settings, claims, signal, onProgress } = readInput(input, options);
  return { context: contextOf(tables, settings), claims, signal, onProgress };
}
