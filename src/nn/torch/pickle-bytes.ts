import { malformed } from './torch-error.js';

/** The bytes of a pickle, read from front to end. */
export class PickleBytes {
  at = 0;
  private readonly view: DataView;
  private readonly utf8 = new TextDecoder('utf-8', { fatal: true });

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  private take(length: number): number {
    if (length > this.bytes.length - this.at)
      throw malformed(`the pickle must end with STOP, got its end at byte ${this.bytes.length}`);
    const start = this.at;
    this.at += length;
    return start;
  }

  uint8 = () => this.bytes[this.take(1)]!;
  uint16 = () => this.view.getUint16(this.take(2), true);
  uint32 = () => this.view.getUint32(this.take(4), true);
  int32 = () => this.view.getInt32(this.take(4), true);
  uint64 = () => Number(this.view.getBigUint64(this.take(8), true));
  /** Big-endian, alone in a pickle. */
  float64 = () => this.view.getFloat64(this.take(8), false);
  copy = (length: number) => this.bytes.slice(this.take(length), this.at);

  text(length: number): string {
    const start = this.take(length);
    try {
      return this.utf8.decode(this.bytes.subarray(start, this.at));
    } catch {
      throw malformed(`text in the pickle must be UTF-8, got other bytes at ${start}`);
    }
  }

  line(): string {
    const end = this.bytes.indexOf(10, this.at);
    if (end < 0)
      throw malformed(`a name in the pickle must end with its line, got its start at byte ${this.at} and no end`);
    const line = this.text(end - this.at);
    this.at++;
    return line;
  }

  /** Two's complement, little-endian: a number where it is exact, else a bigint. */
  integer(length: number): number | bigint {
    const bytes = this.copy(length);
    let value = 0n;
    for (let p = length - 1; p >= 0; p--) value = (value << 8n) | BigInt(bytes[p]!);
    if (length > 0 && bytes[length - 1]! > 127) value -= 1n << BigInt(8 * length);
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }
}
