import { builtin } from './builtin.js';

const PRIMES = Array.from({ length: 310 }, (_, i) => i + 2).filter((n) => {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return true;
});
/** The first 32 bits behind the point. */
const fraction = (x: number) => Math.floor((x - Math.floor(x)) * 2 ** 32) | 0;
/** By definition the cube roots of the first 64 primes, and the square roots of the first 8. */
const K = Int32Array.from(PRIMES, (n) => fraction(Math.cbrt(n)));
const START = PRIMES.slice(0, 8).map((n) => fraction(Math.sqrt(n)));

/** Takes one block of 16 words, at the start of `w`, into the state. */
function absorb(state: Int32Array, w: Int32Array): void {
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15]!;
    const y = w[t - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let t = 0; t < 64; t++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const first = (((h + s1) | 0) + ((((e & f) ^ (~e & g)) + K[t]!) | 0) + w[t]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0] = state[0]! + a;
  state[1] = state[1]! + b;
  state[2] = state[2]! + c;
  state[3] = state[3]! + d;
  state[4] = state[4]! + e;
  state[5] = state[5]! + f;
  state[6] = state[6]! + g;
  state[7] = state[7]! + h;
}

export function plainSha256(bytes: Uint8Array): string {
  const state = Int32Array.from(START);
  const w = new Int32Array(64);
  const read = (view: DataView, at: number) => {
    for (let t = 0; t < 16; t++) w[t] = view.getInt32(at + 4 * t);
    absorb(state, w);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const whole = bytes.length - (bytes.length % 64);
  for (let at = 0; at < whole; at += 64) read(view, at);
  // The rest, a single bit, zeros, and the length in bits.
  const rest = bytes.length - whole;
  const end = new Uint8Array(rest < 56 ? 64 : 128);
  end.set(bytes.subarray(whole));
  end[rest] = 0x80;
  const last = new DataView(end.buffer);
  last.setBigUint64(end.length - 8, BigInt(bytes.length) * 8n);
  for (let at = 0; at < end.length; at += 64) read(last, at);
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

interface NativeHash {
  update(bytes: Uint8Array): NativeHash;
  digest(form: 'hex'): string;
}

/**
 * SHA-256 of some bytes (FIPS 180-4), as 64 hexadecimal digits; by Node where it runs there. Other
 * platforms have none that is synchronous.
 */
export function sha256(bytes: Uint8Array): string {
  const native = builtin('node:crypto') as { createHash(name: string): NativeHash } | undefined;
  return native === undefined ? plainSha256(bytes) : native.createHash('sha256').update(bytes).digest('hex');
}
