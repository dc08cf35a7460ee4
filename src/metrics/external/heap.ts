/** A binary heap of integers by key, smallest first, equal keys by smaller integer. */
export class Heap {
  private readonly keys: number[] = [];
  private readonly values: number[] = [];

  get size(): number {
    return this.keys.length;
  }

  clear(): void {
    this.keys.length = 0;
    this.values.length = 0;
  }

  private before(p: number, q: number): boolean {
    const difference = this.keys[p]! - this.keys[q]!;
    return difference !== 0 ? difference < 0 : this.values[p]! < this.values[q]!;
  }

  private swap(p: number, q: number): void {
    const { keys, values } = this;
    const key = keys[p]!;
    keys[p] = keys[q]!;
    keys[q] = key;
    const value = values[p]!;
    values[p] = values[q]!;
    values[q] = value;
  }

  push(key: number, value: number): void {
    let p = this.keys.push(key) - 1;
    this.values.push(value);
    while (p > 0) {
      const parent = (p - 1) >> 1;
      if (!this.before(p, parent)) break;
      this.swap(p, parent);
      p = parent;
    }
  }

  /** Removes and returns the integer with the smallest key; the heap must not be empty. */
  pop(): number {
    const top = this.values[0]!;
    const last = this.keys.length - 1;
    this.swap(0, last);
    this.keys.pop();
    this.values.pop();
    for (let p = 0; ; ) {
      let child = 2 * p + 1;
      if (child >= last) break;
      if (child + 1 < last && this.before(child + 1, child)) child++;
      if (!this.before(child, p)) break;
      this.swap(p, child);
      p = child;
    }
    return top;
  }
}
