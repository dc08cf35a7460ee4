/**
 * How numbers are written in text. 'plain': 1.5. 'either': 1.5 or 1,5, as the cells show (see `NumberSigns`).
 * 'point': 1.5, where 1,234 is a thousand and more. 'comma': 1,5, where 1.234 is.
 */
export type NumberStyle = 'plain' | 'either' | 'point' | 'comma';
