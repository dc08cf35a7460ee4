import { InputError, ShapeError, show } from '../../core/errors.js';

/** A module, as far as its random numbers go. */
export interface Random {
  rngState?(): number[];
  restoreRng?(state: readonly number[]): unknown;
}

/** The states of several modules, one after the other. */
export function rngStates(modules: readonly Random[]): number[] {
  return modules.flatMap((module) => module.rngState?.() ?? []);
}

/**
 * Hands each module its part of what `rngStates` gave.
 *
 * @throws ShapeError length-mismatch, InputError out-of-range.
 */
export function restoreStates(where: string, modules: readonly Random[], state: readonly number[]): void {
  const wanted = rngStates(modules).length;
  if (!Array.isArray(state) || state.length !== wanted) {
    throw new ShapeError(
      'length-mismatch',
      `${where}: the state of its random numbers has ${wanted} integers, got ${Array.isArray(state) ? state.length : show(state)}`,
    );
  }
  state.forEach((word, i) => {
    if (Number.isInteger(word) && word >= 0 && word < 4294967296) return;
    throw new InputError(
      'out-of-range',
      `${where}: a state holds integers from 0 to 2^32 - 1, got ${show(word)} at index ${i}`,
    );
  });
  let at = 0;
  for (const module of modules) {
    const length = module.rngState?.().length ?? 0;
    if (length > 0) module.restoreRng?.(state.slice(at, at + length));
    at += length;
  }
}
