import { InputError, MissingDependencyError } from '../core/errors.js';
import { textWidth } from './text-width.js';

/** The few parts of vega and vega-lite that are used; both are optional. */
interface Renderer {
  readonly compile: (spec: object, options: object) => object;
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

/** Loads vega and vega-lite. @throws MissingDependencyError that says what to install. */
export async function loadRenderer(where: string): Promise<Renderer> {
  const vega = await load(where, 'vega', () => import('vega'));
  const lite = await load(where, 'vega-lite', () => import('vega-lite'));
  // Type widths come from a table: with the canvas of one machine and not of another the same report
  // would be laid out differently.
  const metrics = (vega as unknown as { textMetrics?: { width: unknown } }).textMetrics;
  const width = (item: { fontSize?: number; limit?: number }, text: unknown) =>
    Math.min(textWidth(String(text ?? ''), item.fontSize ?? 11), item.limit || Infinity);
  // A report is made of what it was given: nothing is fetched or read while it is drawn.
  const refuse = async () => {
    throw new Error('a picture that loads data or images from elsewhere');
  };
  const loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };
  const quiet = { warn: () => quiet, info: () => quiet, debug: () => quiet, error: () => quiet, level: () => quiet };
  return {
    compile: (spec, options) => lite.compile(spec as never, { logger: quiet as never, ...options }).spec,
    toSvg: async (spec) => {
      const before = metrics?.width;
      if (metrics !== undefined) metrics.width = width;
      try {
        const view = new vega.View(vega.parse(spec as never), {
          renderer: 'none',
          logger: quiet as never,
          loader: loader as never,
        });
        const svg = await view.toSVG();
        view.finalize();
        return svg;
      } finally {
        if (metrics !== undefined) metrics.width = before;
      }
    },
  };
}

// An attribute may hold '<' and '>', as a label does.
const TAG = /<(?:[^>"]|"[^"]*")*>/g;

/** Attributes that the style sheet of the page sets, or that nobody reads. */
const DROPPED =
  / (?:font-family|class|xmlns:xlink|xmlns|version|pointer-events|role|aria-[a-z]+|font-weight="normal"|opacity="1")(?:="[^"]*")?/g;

/** A point of a scatter plot, drawn as two arcs. */
const DISC = /<path transform="translate\(([-\d.]+),([-\d.]+)\)" d="M([\d.]+),0A\3,\3,0,1,1,-\3,0A\3,\3,0,1,1,\3,0"/g;

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
    const compiled = renderer.compile({ ...spec, ...width, background: 'transparent', config }, {});
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
