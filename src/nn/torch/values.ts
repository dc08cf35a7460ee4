import type { Dtype } from '../stored-tensor.js';

/** A storage that tensors look into: elements of one type, in the part `data/<key>` of the archive. */
export class Storage {
  constructor(
    readonly key: string,
    /** Bytes without a type, which the tensor names; null then. */
    readonly dtype: Dtype | null,
    /** Elements; bytes where there is no type. */
    readonly length: number,
  ) {}
}

/** A tensor before its values are read. */
export class TensorView {
  constructor(
    readonly storage: Storage,
    readonly dtype: Dtype,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {}
}

/** A dictionary of Python, in the order in which it was filled; a later entry of one key replaces an earlier one. */
export class Dictionary {
  readonly entries: (readonly [key: unknown, value: unknown])[] = [];
}

/** A function or class by its name, with what a call of it builds; a class that is only named builds nothing. */
export class Named {
  constructor(
    readonly name: string,
    readonly build: ((args: readonly unknown[]) => unknown) | null,
  ) {}
}
