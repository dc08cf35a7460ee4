import type { Shape } from '../shape.js';

/** Words that mean the same part of the reference model, without underscores; a LayerNorm only is a norm here. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  linear1: ['linear1', 'fc1', 'lin1', 'dense1'],
  linear2: ['linear2', 'fc2', 'lin2', 'dense2'],
  norm1: ['norm1', 'ln1', 'layernorm1'],
  norm2: ['norm2', 'ln2', 'layernorm2'],
  skip: ['skip', 'shortcut', 'skipconnection', 'residual', 'downsample'],
  projection: ['projection', 'projector', 'proj', 'contrastive'],
  gain: ['gain', 'gains'],
  frequency: ['frequency', 'frequencies', 'freq', 'freqs'],
  q: ['q', 'qs', 'qfactor'],
};
const PART_OF = new Map(Object.entries(WORDS).flatMap(([part, words]) => words.map((word) => [word, part])));

/** The part of the model that a word names; `gain_head` and `gain` are one. */
function partOf(word: string): string | undefined {
  return PART_OF.get(word.toLowerCase().replaceAll('_', '').replace(/head$/, ''));
}

const isNumber = (word: string | undefined) => word !== undefined && /^\d+$/.test(word);

/** A tensor: its path between the dots, and its place in the file. */
interface Place {
  readonly name: string;
  readonly path: readonly string[];
  readonly axes: number;
}

/** Takes away a first word that all have and that names no part, such as `module` or `net`. */
function unwrapped(places: readonly Place[], parts: readonly string[]): readonly Place[] {
  const first = places[0]?.path[0];
  const shared =
    first !== undefined && places.every(({ path }) => path[0] === first && path.length > 2) && !isNumber(first);
  if (!shared || parts.includes(first)) return places;
  return unwrapped(
    places.map((place) => ({ ...place, path: place.path.slice(1) })),
    parts,
  );
}

function grouped(places: readonly Place[], key: (place: Place) => string): [string, Place[]][] {
  const groups = new Map<string, Place[]>();
  for (const place of places) {
    const group = groups.get(key(place));
    if (group === undefined) groups.set(key(place), [place]);
    else group.push(place);
  }
  return [...groups];
}

const byNumber = (groups: [string, Place[]][]) => groups.sort(([a], [b]) => Number(a) - Number(b));
const beneath = (places: readonly Place[]) => places.map((place) => ({ ...place, path: place.path.slice(1) }));
const last = ({ path }: Place) => path[path.length - 1]!;

type Found = [from: string, to: string][];

/** A block: parts by their words, or two linears and two norms numbered in the order in which they run. */
function blockNames(to: string, places: readonly Place[]): Found {
  const isNumbered = ({ path }: Place) => isNumber(path[path.length - 2]) && partOf(path[0]!) !== 'skip';
  const numbered = places.filter(isNumbered);
  const modules = byNumber(grouped(numbered, ({ path }) => path[path.length - 2]!));
  const seen = { linear: 0, norm: 0 };
  const inOrder = new Map(
    modules.map(([number, group]) => {
      const kind = group.some(({ axes }) => axes === 2) ? 'linear' : 'norm';
      seen[kind]++;
      return [number, `${kind}${seen[kind]}`];
    }),
  );
  return places.flatMap((place): Found => {
    const part = isNumbered(place) ? inOrder.get(place.path[place.path.length - 2]!) : partOf(place.path[0]!);
    return part === undefined ? [] : [[place.name, `${to}.${part}.${last(place)}`]];
  });
}

/** A tower: blocks and then two linears, numbered as in `nn.Sequential`, or under `blocks` and words. */
function towerNames(to: string, all: readonly Place[]): Found {
  const places = unwrapped(all, ['blocks', 'heads']);
  const numbers = byNumber(
    grouped(
      places.filter(({ path }) => isNumber(path[0])),
      ({ path }) => path[0]!,
    ),
  );
  const isLinear = (group: readonly Place[]) => group.every(({ path }) => path.length === 2);
  const blocks = numbers.filter(([, group]) => !isLinear(group));
  const linears = numbers.filter(([, group]) => isLinear(group));
  const named = places.filter(({ path }) => path[0] === 'blocks');
  return [
    ...blocks.flatMap(([, group], i) => blockNames(`${to}.blocks.${i}`, beneath(group))),
    ...linears.flatMap(([, group], i) =>
      group.map((place): [string, string] => [place.name, `${to}.linear${i + 1}.${last(place)}`]),
    ),
    ...grouped(named, ({ path }) => path[1]!).flatMap(([i, group]) =>
      blockNames(`${to}.blocks.${i}`, beneath(beneath(group))),
    ),
    ...places.flatMap((place): Found => {
      const part = place.path.length === 2 ? partOf(place.path[0]!) : undefined;
      return part?.startsWith('linear') ? [[place.name, `${to}.${part}.${last(place)}`]] : [];
    }),
  ];
}

const HEADS = ['gain', 'frequency', 'q'];

/**
 * The names of `residualAutoencoder` for those of a model of PyTorch with the same parts, as far as they are
 * known: words of other people for the same part, `nn.Sequential` for a list of blocks, wrappers around all.
 */
export function autoencoderNames(shapes: ReadonlyMap<string, Shape>): ReadonlyMap<string, string> {
  const all = [...shapes].map(([name, { length: axes }]) => ({ name, path: name.split('.'), axes }));
  const places = unwrapped(all, ['encoder', 'decoder']);
  const heads = places.flatMap((place): Found => {
    const words = place.path.slice(0, -1).filter((word) => !['decoder', 'heads', '0'].includes(word));
    const part = words.length === 1 ? partOf(words[0]!) : undefined;
    if (part === 'projection') return [[place.name, `projection.${last(place)}`]];
    return HEADS.includes(part ?? '') ? [[place.name, `decoder.heads.${part}.${last(place)}`]] : [];
  });
  const known = new Set(heads.map(([from]) => from));
  const towers = ['encoder', 'decoder'].flatMap((side) =>
    towerNames(side, beneath(places.filter(({ name, path }) => path[0] === side && !known.has(name)))),
  );
  return new Map([...towers, ...heads]);
}
