export { type ToHtmlOptions, toHtml } from './to-html.js';
export { type ToMarkdownOptions, toMarkdown } from './to-markdown.js';
