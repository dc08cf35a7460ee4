/** A table of Flatbuffers: where each of its fields stands, or 0 for one that is not there. */
function fieldsAt(view: DataView, at: number): (slot: number) => number {
  const slots = at - view.getInt32(at, true);
  const size = view.getUint16(slots, true);
  return (slot) => {
    const offset = 4 + 2 * slot < size ? view.getUint16(slots + 4 + 2 * slot, true) : 0;
    return offset === 0 ? 0 : at + offset;
  };
}

const follow = (view: DataView, at: number) => at + view.getUint32(at, true);

/** The elements of a vector, of which there are no more than there is room for. */
function vectorAt(view: DataView, field: number, size: number): { length: number; from: number } {
  if (field === 0) return { length: 0, from: 0 };
  const at = follow(view, field);
  const length = view.getUint32(at, true);
  if (at + 4 + length * size > view.byteLength) throw new Error(`a list that claims to have ${length} elements`);
  return { length, from: at + 4 };
}

const MOST_FIELDS = 100_000;
const [SCHEMA, DICTIONARY, BATCH] = [1, 2, 3];

/** Fields and the fields in them; `seen` counts them, for many may point to one. */
function requireFields(view: DataView, fields: number, seen: { count: number }): void {
  const { length, from } = vectorAt(view, fields, 4);
  seen.count += length;
  if (seen.count > MOST_FIELDS) throw new Error(`more than ${MOST_FIELDS} columns`);
  for (let i = 0; i < length; i++) {
    const field = fieldsAt(view, follow(view, from + 4 * i));
    vectorAt(view, field(6), 4);
    requireFields(view, field(5), seen);
  }
}

function requireBatch(view: DataView, at: number): void {
  const batch = fieldsAt(view, at);
  vectorAt(view, batch(1), 16);
  vectorAt(view, batch(2), 16);
}

/** Checks the lists of one message (Message.fbs and Schema.fbs of Arrow); the bytes of its body. */
function bodyOf(view: DataView): number {
  const message = fieldsAt(view, follow(view, 0));
  const kind = message(1) === 0 ? 0 : view.getUint8(message(1));
  const header = message(2) === 0 ? 0 : follow(view, message(2));
  if (header === 0) throw new Error('a message without a header');
  if (kind === SCHEMA) {
    const schema = fieldsAt(view, header);
    vectorAt(view, schema(2), 4);
    requireFields(view, schema(1), { count: 0 });
  } else if (kind === DICTIONARY) {
    const data = fieldsAt(view, header)(1);
    if (data === 0) throw new Error('a dictionary without values');
    requireBatch(view, follow(view, data));
  } else if (kind === BATCH) requireBatch(view, header);
  return message(3) === 0 ? 0 : Number(view.getBigInt64(message(3), true));
}

/** Before the messages of a stream are read: none claims more than it has. @throws Error, RangeError. */
export function requireSoundMessages(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length; ) {
    let length = view.getInt32(at, true);
    at += 4;
    if (length === -1) {
      length = view.getInt32(at, true);
      at += 4;
    }
    if (length === 0) return;
    if (length < 0 || at + length > bytes.length) throw new Error('a message that is cut short');
    const body = bodyOf(new DataView(bytes.buffer, bytes.byteOffset + at, length));
    at += length + body;
    if (!(body >= 0 && at <= bytes.length)) throw new Error('a message that is cut short');
  }
}
