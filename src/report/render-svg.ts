import { InputError, MissingDependencyError } from '../core/errors.js';
import { textWidth } from './text-width.js';

/** The few parts of vega and vega-lite that are used; both are optional. */
interface Renderer {
  readonly compile: (spec: object) => object;
  readonly toSvg: (spec: object) => Promise<string>;
}

async function load<T>(where: string, name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const error = new MissingDependencyError(
      'missing-dependency',
      `${where}: pictures need the packages vega and vega-lite, got no ${name}; run: npm install vega@6 vega-lite@6, or leave the pictures out`,
    );
    error.cause = cause;
    throw error;
  }
}

let last: Promise<unknown> = Promise.resolve();

/** One call after the other: what measures type is a setting that all views of a program share. */
function inTurn<A, R>(draw: (argument: A) => Promise<R>): (argument: A) => Promise<R> {
  return (argument) => {
    const mine = last.then(() => draw(argument));
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** Loads vega and vega-lite. @throws MissingDependencyError that says what to install. */
export async function loadRenderer(where: string): Promise<Renderer> {
  const vega = await load(where, 'vega', () => import('vega'));
  const lite = await load(where, 'vega-lite', () => import('vega-lite'));
  // Type widths come from a table: with the canvas of one machine and not of another the same report
  // would be laid out differently.
  const metrics = (vega as unknown as { textMetrics?: { width: unknown } }).textMetrics;
  const width = (item: { fontSize?: number; limit?: number }, text: unknown) =>
    Math.min(textWidth(String(text ?? ''), item.fontSize ?? 11), item.limit || Infinity);
  return {
    compile: (spec) => lite.compile(spec as never, { logger: listener(() => undefined) as never }).spec,
    toSvg: inTurn(async (spec: object) => {
      // vega tells its troubles to a logger and draws what is left; half a picture is worse than none.
      const troubles: string[] = [];
      const trouble = (text: string) => {
        troubles.push(text);
      };
      // A report is made of what it was given: nothing is fetched or read while it is drawn.
      const refuse = async () => {
        trouble('one that loads or links to something outside of it');
        throw new Error('refused');
      };
      const before = metrics?.width;
      if (metrics !== undefined) metrics.width = width;
      try {
        const view = new vega.View(vega.parse(spec as never), {
          renderer: 'none',
          logger: listener(trouble) as never,
          loader: { load: refuse, sanitize: refuse, http: refuse, file: refuse } as never,
        });
        const svg = await view.toSVG();
        view.finalize();
        if (troubles.length > 0) throw new Error(troubles[0]);
        return svg;
      } finally {
        if (metrics !== undefined) metrics.width = before;
      }
    }),
  };
}

/** A logger that passes on errors and keeps quiet about the rest. */
function listener(onError: (text: string) => void): object {
  const logger = {
    level: () => logger,
    warn: () => logger,
    info: () => logger,
    debug: () => logger,
    error: (...texts: unknown[]) => {
      onError(texts.map(String).join(' '));
      return logger;
    },
  };
  return logger;
}

// vega writes '<' and '>' as entities, in attributes too.
const TAG = /<[^>]*>/g;

/** Attributes that the style sheet of the page sets, or that nobody reads. */
const DROPPED =
  / (?:font-family|class|xmlns:xlink|xmlns|version|pointer-events|role|aria-[a-z]+|font-weight="normal"|opacity="1")(?:="[^"]*")?/g;

/** A point of a scatter plot, drawn as two arcs. */
const DISC = /<path transform="translate\(([-\d.]+),([-\d.]+)\)" d="M([\d.]+),0A\3,\3,0,1,1,-\3,0A\3,\3,0,1,1,\3,0"/g;

/** Labels of an axis that had no room: vega leaves them in, unseen. */
const HIDDEN = /<text [^>]* opacity="0"[^>]*>[^<]*<\/text>/g;

/** Paths without any paint, but not those that clip others. */
const UNSEEN = /(<clipPath[^>]*>.*?<\/clipPath>)|<path d="[^"]*"(?: display="none")?\/>/gs;

/** Makes an SVG fit for the inside of a page: small, its ids its own, its size that of its box. */
function tidy(svg: string, id: string, attributes: string): string {
  const ids = new Map<string, string>();
  const own = (name: string) => {
    if (!ids.has(name)) ids.set(name, `${id}-${ids.size}`);
    return ids.get(name)!;
  };
  const size = /viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"/.exec(svg);
  return svg
    .replace(HIDDEN, '')
    .replace(TAG, (tag) =>
      tag
        .replace(DROPPED, '')
        // A hundredth of a pixel is enough.
        .replace(/-?\d+\.\d{3,}/g, (digits) => String(Number(Number(digits).toFixed(2))))
        .replace(/var\((--[\w-]+),#[0-9a-f]+\)/gi, 'var($1)')
        .replace(/ id="([^"]*)"/g, (_, name: string) => ` id="${own(name)}"`)
        .replace(/url\((['"]?|&quot;)#([^)'"&]*)\1\)/g, (_, _quote, name: string) => `url(#${own(name)})`),
    )
    .replace(
      /<svg[^>]*?(viewBox="[^"]*")[^>]*>/,
      `<svg $1 ${attributes}${size === null ? '' : ` style="width:${Math.ceil(Number(size[1]))}px"`}>`,
    )
    .replace(DISC, '<circle cx="$1" cy="$2" r="$3"')
    .replace(TAG, (tag) => (tag.includes(' stroke="') ? tag : tag.replace(/ stroke-(?:width|dasharray)="[^"]*"/g, '')))
    .replace(UNSEEN, (_, clip: string | undefined) => clip ?? '');
}

/**
 * A Vega-Lite specification as SVG for the inside of a page, without its title and background.
 * @throws InputError when the specification does not compile or render.
 */
export async function renderSvg(
  renderer: Renderer,
  picture: object,
  { where, id, attributes }: { readonly where: string; readonly id: string; readonly attributes: string },
): Promise<string> {
  const { title: _title, description: _description, usermeta: _usermeta, ...spec } = picture as Record<string, unknown>;
  const config = { ...(spec.config as object | undefined), aria: false };
  const width = spec.width === 'container' ? { width: 400 } : {};
  try {
    const compiled = renderer.compile({ ...spec, ...width, background: 'transparent', config });
    return tidy(await renderer.toSvg(compiled), id, attributes);
  } catch (cause) {
    const error = new InputError(
      'wrong-type',
      `${where}: ${id} must be a Vega-Lite specification that renders, got ${(cause as Error).message}`,
    );
    error.cause = cause;
    throw error;
  }
}
