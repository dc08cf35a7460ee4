/** Colours of the page by role; text and its ground differ by a ratio of 4.5 or more in both themes. */
const LIGHT: Readonly<Record<string, string>> = {
  '--page': '#f6f7f9',
  '--card': '#ffffff',
  '--ink': '#1d2329',
  '--quiet': '#57606a',
  '--line': '#d9dee4',
  '--link': '#0a5c96',
  '--code': '#f1f3f6',
  '--high': '#a8261c',
  '--medium': '#8a5300',
  '--low': '#0a5c96',
  '--info': '#57606a',
  '--good': '#1a6b34',
};

const DARK: Readonly<Record<string, string>> = {
  '--page': '#0f1216',
  '--card': '#171b21',
  '--ink': '#e8ecf0',
  '--quiet': '#a4afba',
  '--line': '#303842',
  '--link': '#7cc0f0',
  '--code': '#1f252d',
  '--high': '#ff9a8c',
  '--medium': '#f0b95c',
  '--low': '#7cc0f0',
  '--info': '#a4afba',
  '--good': '#7fd694',
};

type Colours = Readonly<Record<string, string>>;

function declare(colours: Colours): string {
  return Object.entries(colours)
    .map(([name, value]) => `${name}:${value}`)
    .join(';');
}

const RULES = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;overflow-wrap:break-word;background:var(--page);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,button:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.4rem .8rem;z-index:2}
.layout{max-width:76rem;margin:0 auto;padding:1.75rem 1.25rem 3rem}
h1,h2,h3{line-height:1.25;text-wrap:balance;overflow-wrap:anywhere}
h1{font-size:1.9rem;margin:0 0 .5rem;letter-spacing:-.015em}
h2{font-size:1.35rem;margin:2.75rem 0 1rem;letter-spacing:-.01em}
h3{font-size:1.08rem;margin:0}
p{margin:.5rem 0}
.eyebrow{margin:0 0 .35rem;color:var(--quiet);font-size:.85rem;overflow-wrap:anywhere}
.answer{font-size:1.3rem;line-height:1.4;max-width:58rem;margin:.75rem 0 1.1rem;border-left:6px solid var(--tone);padding:.1rem 0 .1rem 1rem}
.answer strong{color:var(--tone)}
.top .todo{max-width:58rem;margin:0 0 1.1rem}
.good{--tone:var(--good)}
.headline{font-size:1.02rem;max-width:58rem;margin:.25rem 0 1.1rem}
ul.headline{list-style:none;padding:0}
ul.headline li{border-left:4px solid var(--tone);padding:.1rem 0 .1rem .8rem;margin:0 0 .7rem}
ul.headline a{display:block;font-weight:600;text-decoration:none}
ul.headline a:hover{text-decoration:underline}
.rest{max-width:58rem;margin:.15rem 0}
.facts{display:flex;flex-wrap:wrap;gap:.4rem 1.6rem;margin:.9rem 0 0;padding:0}
.facts div{display:flex;flex-direction:column-reverse}
.facts dt{color:var(--quiet);font-size:.8rem}
.facts dd{margin:0;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
nav h2{font-size:.8rem;margin:0 0 .4rem;color:var(--quiet);font-weight:600;letter-spacing:0}
nav ol{list-style:none;margin:0;padding:0;font-size:.875rem;line-height:1.4}
nav ol ol{margin:0 0 .35rem;padding-left:.8rem;border-left:1px solid var(--line)}
nav li a{display:block;padding:.17rem 0;text-decoration:none}
nav li a:hover{text-decoration:underline}
nav{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.9rem 1.1rem;margin:1.5rem 0 0}
.card,figure{background:var(--card);border:1px solid var(--line);border-radius:.6rem}
.card{padding:1.15rem 1.3rem;margin:0 0 1rem}
.finding{border-left:5px solid var(--tone)}
.finding.info{border-left-color:var(--line)}
.high{--tone:var(--high)}.medium{--tone:var(--medium)}.low{--tone:var(--low)}.info{--tone:var(--info)}
.finding header{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.4rem .8rem}
.badges{display:flex;gap:.4rem;white-space:nowrap}
.badge{display:inline-block;font-size:.78rem;font-weight:600;line-height:1.3;padding:.15rem .55rem;border-radius:1rem;border:1px solid currentColor;color:var(--tone,var(--quiet));white-space:nowrap}
.badge.solid{background:var(--tone);color:var(--card);border-color:var(--tone)}
.summary{margin:.5rem 0 .8rem}
.changes{color:var(--quiet);font-size:.9rem;margin:.8rem 0 0}
.todo{background:var(--code);border-radius:.45rem;padding:.8rem 1rem;margin:.9rem 0 0}
.todo p{margin:0}
.todo strong{font-weight:600}
.place{margin-top:.6rem}
.place+.copy{margin-top:.15rem}
.copy{display:flex;gap:.6rem;align-items:flex-start;margin-top:.6rem}
pre{flex:1;min-width:0;margin:0;padding:.5rem .7rem;background:var(--card);border:1px solid var(--line);border-radius:.35rem;white-space:pre-wrap;overflow-wrap:anywhere;font:.84rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre span{display:inline-block;max-width:100%}
code{font:.88em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
button{font:inherit;font-size:.84rem;font-weight:600;color:var(--link);background:var(--card);border:1px solid var(--line);border-radius:.35rem;padding:.42rem .75rem;cursor:pointer;min-height:2.25rem}
button:hover{border-color:currentColor}
.scroll{overflow-x:auto;margin:.6rem 0}
.card>.scroll:first-child{margin-top:0}
.card>.scroll:last-child{margin-bottom:0}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
.narrow{max-width:38rem}
th,td{text-align:left;vertical-align:top;padding:.42rem .9rem .42rem 0;border-top:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
thead th{border-top:0;color:var(--quiet);font-weight:600;font-size:.82rem;white-space:nowrap;vertical-align:bottom}
tbody th{font-weight:400}
.n{text-align:right;white-space:nowrap}
.wide{display:inline-block;max-width:14rem;white-space:normal;overflow-wrap:anywhere}
small{display:block;color:var(--quiet);font-size:.8rem;line-height:1.4;font-weight:400;white-space:normal}
.n small{max-width:13rem;margin-left:auto}
details{margin-top:.7rem}
summary{cursor:pointer;color:var(--link);font-size:.9rem;padding:.15rem 0}
.pictures{columns:1;column-gap:1rem}
figure{margin:0 0 1rem;padding:1.1rem 1.2rem 1.2rem;min-width:0;break-inside:avoid}
figcaption{margin:.35rem 0 .9rem;color:var(--quiet);font-size:.93rem}
figure svg{display:block;overflow:visible;height:auto;max-width:100%;margin:0 auto}
figure svg text{font-family:inherit}
footer{margin-top:3rem;color:var(--quiet);font-size:.85rem}
@media (min-width:70rem){
.layout{display:grid;grid-template-columns:13.5rem minmax(0,1fr);column-gap:2.5rem}
.top{grid-column:1/-1}
nav{position:sticky;top:1rem;align-self:start;max-height:calc(100vh - 2rem);overflow:auto;margin-top:2.75rem}
}
@media (max-width:69.99rem){
nav ol ol{display:none}
nav>ol{display:flex;flex-wrap:wrap;gap:.1rem 1.25rem}
}
@media (min-width:62rem){.pictures{columns:2}}
@media (max-width:34rem){
.layout{padding:1.1rem .9rem 2rem}
h1{font-size:1.55rem}
.card{padding:.95rem .9rem}
figure{padding:.85rem .65rem}
figure h3,figcaption{padding:0 .25rem}
.copy{flex-direction:column;gap:.4rem}
.copy pre{width:100%}
.facts{gap:.4rem 1.2rem}
table{font-size:.86rem}
th,td{padding-right:.6rem}
.n small{max-width:8rem}
}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{
html{font-size:80%}
body{background:none}
.badge,.todo{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.layout{display:block;max-width:none;padding:0}
a{color:inherit;text-decoration:none}
nav,button,.skip,.shown>summary,[aria-labelledby=numbers]{display:none}
figure,tr,pre,p{break-inside:avoid}
tbody tr:first-child{break-after:avoid}
tbody tr:last-child{break-before:avoid}
.finding header,.todo,h2,h3{break-inside:avoid}
.finding header,.summary,h2,h3,summary,thead{break-after:avoid}
details:not(.long)::details-content{content-visibility:visible;block-size:auto;display:block}
summary{list-style:none;color:inherit;font-weight:600}
.long:not([open])>summary{color:var(--quiet);font-weight:400}
.long:not([open])>summary::after{content:": not printed, opens in the file"}
.scroll{overflow:visible}
th,td{padding:.2rem .35rem;overflow-wrap:anywhere;hyphens:auto}
thead th{font-size:.75rem;white-space:normal}
.pictures{columns:2}
h2{margin-top:1.5rem}
}
`;

/**
 * The style sheet of a report. Pictures bring the colours that they take from the page; paper is
 * always light.
 */
export function styleSheet(pictures: { readonly light: Colours; readonly dark: Colours }): string {
  const light = `color-scheme:light;${declare({ ...LIGHT, ...pictures.light })}`;
  const dark = `color-scheme:dark;${declare({ ...DARK, ...pictures.dark })}`;
  return (
    `:root{${light}}` +
    `@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){${dark}}}` +
    `@media screen{:root[data-theme=dark]{${dark}}}` +
    RULES.replace(/\n/g, '')
  );
}
