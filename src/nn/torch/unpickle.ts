import { PickleBytes } from './pickle-bytes.js';
import { malformed, refused } from './torch-error.js';
import { Dictionary, Named } from './values.js';

/** What the names and the persistent ids of a pickle stand for. */
export interface PickleContext {
  find(module: string, name: string): Named;
  persistent(id: unknown): unknown;
}

const MARK = Symbol('mark');

/** More lists, tuples and dictionaries than any checkpoint has; a byte makes one, and each takes many. */
const MOST_CONTAINERS = 2 ** 20;

/** The machine that a pickle is a program for: a stack, and a memo of values to use again. */
class Machine {
  readonly stack: unknown[] = [];
  private readonly memo = new Map<number, unknown>();
  private containers = 0;

  constructor(
    readonly bytes: PickleBytes,
    readonly context: PickleContext,
  ) {}

  push(value: unknown): void {
    this.stack.push(value);
  }

  pop(): unknown {
    if (this.stack.length === 0) throw malformed('the pickle must not take from an empty stack, got that');
    const value = this.stack.pop();
    if (value === MARK) throw malformed('the pickle must not take a mark as a value, got that');
    return value;
  }

  top(): unknown {
    const value = this.pop();
    this.push(value);
    return value;
  }

  /** All values above the last mark, which goes too. */
  popToMark(): unknown[] {
    const mark = this.stack.lastIndexOf(MARK);
    if (mark < 0) throw malformed('the pickle must set a mark before it takes from there, got none');
    const values = this.stack.splice(mark + 1);
    this.stack.pop();
    return values;
  }

  popSome(count: number): unknown[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  container<T>(value: T): void {
    this.containers++;
    if (this.containers > MOST_CONTAINERS) {
      throw malformed(`the pickle must make at most ${MOST_CONTAINERS} lists, tuples and dictionaries, got more`);
    }
    this.push(value);
  }

  remember(index: number): void {
    this.memo.set(index, this.top());
  }

  rememberNext(): void {
    this.remember(this.memo.size);
  }

  recall(index: number): void {
    if (!this.memo.has(index))
      throw malformed(`the pickle must use again only what it made before, got number ${index}`);
    this.push(this.memo.get(index));
  }

  extend(values: readonly unknown[]): void {
    const list = this.top();
    if (!Array.isArray(list) || Object.isFrozen(list))
      throw malformed('the pickle must append to a list only, got another value');
    for (const value of values) list.push(value);
  }

  setItems(values: readonly unknown[]): void {
    const dictionary = this.top();
    if (!(dictionary instanceof Dictionary) || values.length % 2 === 1) {
      throw malformed('the pickle must put pairs of key and value into a dictionary only, got others');
    }
    for (let p = 0; p < values.length; p += 2) dictionary.entries.push([values[p], values[p + 1]]);
  }

  reduce(): void {
    const [called, args] = this.popSome(2);
    if (!(called instanceof Named) || !Array.isArray(args))
      throw malformed('the pickle must call a function with a tuple, got others');
    if (called.build === null) throw malformed(`the pickle must not call ${called.name}, got a call`);
    this.container(called.build(args));
  }

  /** Attributes of a dictionary (the versions of modules in a state dict) are let go; nothing else may have some. */
  build(): void {
    this.pop();
    if (!(this.top() instanceof Dictionary))
      throw malformed('the pickle must give attributes to a dictionary only, got another value');
  }

  stackGlobal(): void {
    const [module, name] = this.popSome(2);
    if (typeof module !== 'string' || typeof name !== 'string')
      throw malformed('the pickle must name a class by text, got others');
    this.push(this.context.find(module, name));
  }
}

/** A tuple: what is appended to it later is refused. */
const tuple = (values: unknown[]) => Object.freeze(values);
const EMPTY = tuple([]);

/** What each operation code does (Python's pickletools, protocols 2 to 5); the rest is refused. */
const OPERATIONS: Readonly<Record<number, (machine: Machine) => void>> = {
  // Values
  78: (m) => m.push(null),
  136: (m) => m.push(true),
  137: (m) => m.push(false),
  74: (m) => m.push(m.bytes.int32()),
  75: (m) => m.push(m.bytes.uint8()),
  77: (m) => m.push(m.bytes.uint16()),
  138: (m) => m.push(m.bytes.integer(m.bytes.uint8())),
  71: (m) => m.push(m.bytes.float64()),
  88: (m) => m.push(m.bytes.text(m.bytes.uint32())),
  140: (m) => m.push(m.bytes.text(m.bytes.uint8())),
  141: (m) => m.push(m.bytes.text(m.bytes.uint64())),
  66: (m) => m.push(m.bytes.copy(m.bytes.uint32())),
  67: (m) => m.push(m.bytes.copy(m.bytes.uint8())),
  142: (m) => m.push(m.bytes.copy(m.bytes.uint64())),
  // Containers
  93: (m) => m.container([]),
  125: (m) => m.container(new Dictionary()),
  41: (m) => m.push(EMPTY),
  133: (m) => m.container(tuple(m.popSome(1))),
  134: (m) => m.container(tuple(m.popSome(2))),
  135: (m) => m.container(tuple(m.popSome(3))),
  116: (m) => m.container(tuple(m.popToMark())),
  97: (m) => m.extend(m.popSome(1)),
  101: (m) => m.extend(m.popToMark()),
  115: (m) => m.setItems(m.popSome(2)),
  117: (m) => m.setItems(m.popToMark()),
  // Stack and memo
  40: (m) => m.push(MARK),
  48: (m) => m.pop(),
  49: (m) => m.popToMark(),
  50: (m) => m.push(m.top()),
  113: (m) => m.remember(m.bytes.uint8()),
  114: (m) => m.remember(m.bytes.uint32()),
  148: (m) => m.rememberNext(),
  104: (m) => m.recall(m.bytes.uint8()),
  106: (m) => m.recall(m.bytes.uint32()),
  // Names and calls
  99: (m) => m.push(m.context.find(m.bytes.line(), m.bytes.line())),
  147: (m) => m.stackGlobal(),
  81: (m) => m.push(m.context.persistent(m.pop())),
  82: (m) => m.reduce(),
  98: (m) => m.build(),
  // A frame only tells how many bytes to fetch at once.
  149: (m) => m.bytes.uint64(),
};

const PROTOCOL = 0x80;
const STOP = 0x2e;
/** What the codes that are left out would build. */
const LEFT_OUT: Readonly<Record<number, string>> = {
  143: 'a set',
  145: 'a frozen set',
  139: 'an integer of more than 255 bytes',
  150: 'a bytearray',
  151: 'a buffer outside the file',
  84: 'a string of Python 2',
  85: 'a string of Python 2',
};

/**
 * Runs a pickle of protocol 2 to 5. It can call only what `find` gives; nothing of Python is run.
 *
 * @throws InputError malformed-file; unknown-name for what is not built.
 */
export function unpickle(pickle: Uint8Array, context: PickleContext): unknown {
  const bytes = new PickleBytes(pickle);
  const protocol = bytes.uint8() === PROTOCOL ? bytes.uint8() : 0;
  if (protocol < 2 || protocol > 5) throw malformed(`the pickle must be of protocol 2 to 5, got ${protocol}`);
  const machine = new Machine(bytes, context);
  for (;;) {
    const code = bytes.uint8();
    if (code === STOP) return machine.pop();
    const operation = OPERATIONS[code];
    if (operation === undefined) {
      if (LEFT_OUT[code] !== undefined) throw refused(LEFT_OUT[code]);
      throw malformed(`the pickle must have known operation codes, got 0x${code.toString(16)} at byte ${bytes.at - 1}`);
    }
    operation(machine);
  }
}
