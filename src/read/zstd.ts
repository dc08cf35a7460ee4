/** As the command zstd itself: what needs more memory than this is refused. */
const LARGEST_WINDOW = 2 ** 27;
const MAGIC = 0xfd2fb528;
/** Bytes of the longest header of a frame. */
export const FRAME_HEADER = 18;

/** How much a frame of Zstandard claims to need at once (RFC 8878, 3.1.1.1); 0 for bytes that begin no frame. */
function windowOf(frame: Uint8Array): number {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < FRAME_HEADER || view.getUint32(0, true) !== MAGIC) return 0;
  const descriptor = frame[4]!;
  const single = (descriptor & 0x20) !== 0;
  if (!single) {
    const base = 2 ** (10 + (frame[5]! >> 3));
    return base + (base / 8) * (frame[5]! & 7);
  }
  const at = 5 + [0, 1, 2, 4][descriptor & 3]!;
  const size = descriptor >> 6;
  if (size === 0) return frame[at]!;
  if (size === 1) return view.getUint16(at, true) + 256;
  return size === 2 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}

/** Before room is made for it. @throws Error for a frame that claims too much. */
export function requireZstdWindow(frame: Uint8Array): void {
  const window = windowOf(frame);
  if (window > LARGEST_WINDOW) throw new Error(`a window of ${window} bytes, above ${LARGEST_WINDOW}`);
}
