import type { Label } from '../core/types.js';
import { countText } from '../core/words.js';
import { checkOptions, type LooseOptions, requireNumber } from '../data/options.js';
import { PAGE_COLOURS, readTheme, type Theme, type ThemeName, themeConfig } from './theme.js';

/** A Vega-Lite v6 specification as plain JSON, with its data inside. */
export interface Picture {
  readonly $schema: string;
  /** What to see, in a sentence made from the numbers. */
  readonly description: string;
  readonly title: { readonly text: string; readonly subtitle: readonly string[] };
  readonly [part: string]: unknown;
}

/** Options of every picture. */
export interface PictureOptions {
  /** Default 'light'. */
  readonly theme?: ThemeName | undefined;
  /** Pixels from edge to edge, 240 to 2000. Default 400, which a phone shows in a readable size. */
  readonly width?: number | undefined;
}

/** Options of the pictures that can fill the element that they are put into. */
export interface FittingPictureOptions {
  /** Default 'light'. */
  readonly theme?: ThemeName | undefined;
  /** Pixels, 240 to 2000, or 'container': as wide as the element on the page. Default 400. */
  readonly width?: number | 'container' | undefined;
}

export interface Canvas {
  readonly theme: Theme;
  readonly width: number;
  readonly container: boolean;
  readonly options: LooseOptions;
}

/** Reads the options of a picture; `more` are its own. */
export function readCanvas(where: string, given: unknown, more: readonly string[] = [], fits = false): Canvas {
  const options = checkOptions(where, given, ['theme', 'width', ...more]);
  const container = fits && options.width === 'container';
  const width =
    options.width === undefined || container
      ? 400
      : requireNumber(where, 'width', options.width, { min: 240, max: 2000 });
  return { theme: readTheme(where, options.theme), width, container, options };
}

/** Breaks text into lines of at most about `width` pixels of 13 pixel type. */
function lines(text: string, width: number): string[] {
  const most = Math.max(20, Math.floor(width / 6.3));
  const out: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > most) {
      out.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? out : [...out, line];
}

/** A picture from its parts: title, the sentence that says what to see, and what is drawn. */
export function picture(canvas: Canvas, title: string, sentence: string, body: object): Picture {
  // The page that shows the picture must know what to put into the custom properties.
  const page = canvas.theme.background === 'transparent' ? { usermeta: { pageColours: PAGE_COLOURS } } : {};
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: sentence,
    title: { text: title, subtitle: lines(sentence, canvas.width) },
    background: canvas.theme.background,
    padding: 4,
    config: themeConfig(canvas.theme),
    ...page,
    ...body,
  };
}

/** Control characters and line ends would break a line of text; marks of direction would turn what stands beside. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/** A label as it is shown: one line, never empty, at most `most` characters. */
export function shown(label: Label, most = 24): string {
  const text = String(label).replace(UNPRINTABLE, ' ').trim();
  if (text === '') return '(blank)';
  const signs = [...text];
  return signs.length <= most ? text : `${signs.slice(0, most - 1).join('')}…`;
}

/** Texts that tell the labels apart, for scales: 1 and '1' are two classes. */
export function distinct(labels: readonly Label[]): string[] {
  const used = new Set<string>();
  return labels.map((label) => {
    let name = shown(label);
    for (let copy = 2; used.has(name); copy++) name = `${shown(label)} (${copy})`;
    used.add(name);
    return name;
  });
}

/** 'a, b and c'. */
export function list(items: readonly string[]): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

/** A number with so many digits, without a minus before zero. */
export function fixed(value: number, digits = 2): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

/** ' The 6 largest classes are drawn, 2 classes are not.', or nothing where all are. */
export function undrawn(drawn: number, left: number): string {
  if (left === 0) return '';
  return ` The ${drawn} largest classes are drawn, ${countText(left, 'class is', 'classes are')} not.`;
}
