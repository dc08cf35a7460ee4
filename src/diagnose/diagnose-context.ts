import { basisOf } from './basis.js';
import type { Context } from './findings/context.js';
import { readInput, type Settings, type Tables } from './read-input.js';
import { sharedResults } from './shared-results.js';

/** What findings read, of tables that have been through the door. */
export function contextOf(tables: Tables, settings: Settings): Context {
  const basis = basisOf(tables, settings);
  return { ...basis, ...sharedResults(basis) };
}

/** Reads the input and options of `diagnose`, and sets up what findings share. */
export function readContext(input: unknown, options: unknown) {
  const { tables, settings, claims, signal, onProgress } = readInput(input, options);
  return { context: contextOf(tables, settings), claims, signal, onProgress };
}
