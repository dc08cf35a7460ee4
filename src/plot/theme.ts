import { oneOf } from '../data/options.js';

/**
 * 'light' and 'dark' are fixed colours on their own background. 'page' takes every colour from a CSS
 * custom property of the page that shows the picture (`--cl-ink`, see `PAGE_COLOURS`), with the light
 * colour as fallback and no background, so that one picture serves both.
 */
export type ThemeName = 'light' | 'dark' | 'page';

const THEMES: readonly ThemeName[] = ['light', 'dark', 'page'];

/** Colours by role. */
export interface Theme {
  readonly background: string;
  /** Text that must be read, text that may be read, lines that guide the eye. */
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  /** Marks that are there for comparison only. */
  readonly rest: string;
  /** One series; the other one beside it; what chance would give. */
  readonly first: string;
  readonly second: string;
  readonly chance: string;
  /** Classes. Okabe and Ito (2008) first: told apart with every common form of colour blindness. */
  readonly classes: readonly string[];
  /** Low to high, in equal steps of lightness. */
  readonly steps: readonly string[];
  /** Text on the lower and on the upper steps. */
  readonly onLow: string;
  readonly onHigh: string;
}

const LIGHT: Theme = {
  background: '#ffffff',
  ink: '#1d2329',
  quiet: '#57606a',
  line: '#d5dae0',
  rest: '#b4bcc5',
  first: '#0072b2',
  second: '#d55e00',
  chance: '#6e7781',
  classes: [
    '#0072b2',
    '#d55e00',
    '#009e73',
    '#cc79a7',
    '#e69f00',
    '#56b4e9',
    '#7f3c8d',
    '#8c6d31',
    '#444c55',
    '#a3a000',
  ],
  steps: ['#eef4f9', '#d2e3f0', '#aacde4', '#78b0d3', '#478fbd', '#1f6a9c', '#0b4570'],
  onLow: '#1d2329',
  onHigh: '#ffffff',
};

const DARK: Theme = {
  background: '#14181d',
  ink: '#e8ecf0',
  quiet: '#a4afba',
  line: '#333c46',
  rest: '#5d6873',
  first: '#4fa8e0',
  second: '#f08a45',
  chance: '#97a3ae',
  classes: [
    '#4fa8e0',
    '#f08a45',
    '#2bc295',
    '#e09cc4',
    '#f0b73a',
    '#9ad6f8',
    '#b98ac6',
    '#c3a36a',
    '#c4ccd4',
    '#d3d04a',
  ],
  steps: ['#1b232c', '#1f3a52', '#24557a', '#33739f', '#5494c0', '#86b8dc', '#c6e2f6'],
  onLow: '#e8ecf0',
  onHigh: '#10151a',
};

type Role = Exclude<keyof Theme, 'classes' | 'steps'>;
const ROLES: readonly Role[] = ['ink', 'quiet', 'line', 'rest', 'first', 'second', 'chance', 'onLow', 'onHigh'];
const PREFIX = '--cl-';

function properties(theme: Theme): Record<string, string> {
  return Object.fromEntries([
    ...ROLES.map((role) => [PREFIX + role.toLowerCase(), theme[role]]),
    ...theme.classes.map((colour, i) => [`${PREFIX}class${i}`, colour]),
    ...theme.steps.map((colour, i) => [`${PREFIX}step${i}`, colour]),
  ]);
}

/** The custom properties that pictures with the theme 'page' use, with their values in light and dark. */
export const PAGE_COLOURS: {
  readonly light: Readonly<Record<string, string>>;
  readonly dark: Readonly<Record<string, string>>;
} = { light: properties(LIGHT), dark: properties(DARK) };

function pageTheme(): Theme {
  const of = (name: string, fallback: string) => `var(${PREFIX}${name},${fallback})`;
  return {
    ...(Object.fromEntries(ROLES.map((role) => [role, of(role.toLowerCase(), LIGHT[role])])) as Record<Role, string>),
    background: 'transparent',
    classes: LIGHT.classes.map((colour, i) => of(`class${i}`, colour)),
    steps: LIGHT.steps.map((colour, i) => of(`step${i}`, colour)),
  };
}

export function readTheme(where: string, value: unknown): Theme {
  const name = oneOf(where, 'theme', value, THEMES, 'light');
  return name === 'light' ? LIGHT : name === 'dark' ? DARK : pageTheme();
}

/** Quiet axes and readable type for every picture. */
export function themeConfig(theme: Theme): object {
  return {
    font: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
    view: { stroke: null },
    axis: {
      labelFontSize: 12,
      labelColor: theme.quiet,
      titleFontSize: 12,
      titleFontWeight: 'normal',
      titleColor: theme.quiet,
      titlePadding: 8,
      labelPadding: 5,
      labelFlush: false,
      gridColor: theme.line,
      domainColor: theme.line,
      tickColor: theme.line,
      ticks: false,
      domain: false,
    },
    header: { labelFontSize: 12, labelColor: theme.ink, title: null },
    legend: { labelFontSize: 12, labelColor: theme.ink, titleFontSize: 12, titleColor: theme.quiet, symbolSize: 90 },
    title: {
      anchor: 'start',
      frame: 'group',
      color: theme.ink,
      fontSize: 16,
      fontWeight: 600,
      subtitleColor: theme.quiet,
      subtitleFontSize: 13,
      subtitlePadding: 6,
      offset: 14,
    },
    text: { color: theme.ink, fontSize: 12 },
  };
}
