import { createHash } from 'node:crypto';

/** The stylesheet of all pages. In a separate module, so that it is available however the program is built. */
const css = `
:root {
  color-scheme: light dark;
  --back: #fff; --text: #1c2128; --quiet: #57606a; --line: #d8dee4; --soft: #f3f5f7; --link: #0a58b8;
  --good: #116b2c; --bad: #b01826; --warn: #8a5100; --good-soft: #dff3e4; --bad-soft: #fbe3e5; --warn-soft: #fbeed3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #14171b; --text: #e2e6ea; --quiet: #a3adb8; --line: #363d46; --soft: #1f242a; --link: #7db7ff;
    --good: #7ad994; --bad: #ff9d9d; --warn: #f0bd6a; --good-soft: #17331f; --bad-soft: #3d1d20; --warn-soft: #3a2c12;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 66rem; padding: 0 1rem 2rem; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; overflow-wrap: anywhere;
}
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .15em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; margin: 0; }
h1 { font-size: 1.6rem; margin-top: 1.25rem; }
h2 { font-size: 1.25rem; margin-top: 2rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin-top: 1.5rem; }
h4 { font-size: 1rem; font-weight: 600; }
p { margin: .5rem 0; max-width: 46rem; }
ul, ol { margin: .5rem 0; padding-left: 1.5rem; }
li { margin: .2rem 0; }
.numbered { list-style: none; padding-left: 0; }
b { font-weight: 600; }
pre { font: .875rem/1.4 ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace; white-space: pre-wrap; background: var(--soft); padding: .5rem .75rem; border-radius: 5px; }
code { font: .9em/1.4 ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace; background: var(--soft); padding: .1em .3em; border-radius: 3px; }
blockquote { margin: .25rem 0 .25rem .1rem; padding-left: .75rem; border-left: 3px solid var(--line); color: var(--quiet); max-width: 46rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--back); padding: .25rem .5rem; z-index: 1; }
.site { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; padding: .75rem 0; border-bottom: 1px solid var(--line); }
.site .name { font-weight: 700; text-decoration: none; color: var(--text); }
.site ul { display: flex; gap: 1rem; list-style: none; margin: 0; padding: 0; }
.site search { margin-left: auto; flex: 1 1 15rem; max-width: 26rem; }
.site form { margin: 0; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin: .75rem 0; }
label { display: grid; gap: .1rem; font-size: .875rem; color: var(--quiet); }
.grow { flex: 1 1 12rem; min-width: 0; }
input, select, button { font: inherit; color: inherit; background: var(--back); border: 1px solid var(--quiet); border-radius: 5px; padding: .35rem .6rem; min-height: 2.5rem; max-width: 100%; }
input { width: 100%; }
button { background: var(--soft); cursor: pointer; }
.quiet, .note, .dim { color: var(--quiet); }
.note { font-size: .9rem; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.tags { display: flex; flex-wrap: wrap; gap: .35rem .5rem; align-items: center; margin: .5rem 0; }
time, .tag { white-space: nowrap; }
.tag { display: inline-block; line-height: 1.35; background: var(--soft); border: 1px solid var(--line); border-radius: 4px; padding: 0 .45rem; font-size: .875rem; }
.tag.good { background: var(--good-soft); border-color: currentColor; }
.tag.bad { background: var(--bad-soft); border-color: currentColor; }
.tag.warn { background: var(--warn-soft); border-color: currentColor; }
.summary { font-size: 1.1rem; }
.facts { margin: .75rem 0; display: grid; gap: .3rem; }
.facts > div { display: grid; grid-template-columns: minmax(6rem, 9rem) 1fr; gap: .75rem; }
dt { color: var(--quiet); } dd { margin: 0; }
.item { margin: .85rem 0 .85rem; padding-left: .85rem; border-left: 3px solid var(--line); }
.item p { margin: .15rem 0; }
.mail { font-size: .8125rem; color: var(--quiet); font-weight: 400; white-space: nowrap; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); }
td { overflow-wrap: break-word; }
td:first-child { overflow-wrap: anywhere; min-width: 11rem; }
th { font-weight: 600; font-size: .875rem; color: var(--quiet); white-space: nowrap; }
th a { color: inherit; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); font-size: .9rem; padding-bottom: .25rem; }
details { margin: .5rem 0; }
summary { cursor: pointer; overflow-wrap: anywhere; padding: .25rem 0; }
.box { border: 1px solid var(--line); background: var(--soft); border-radius: 6px; padding: .25rem 1rem .5rem; margin: 1rem 0; }
.box h2, .box h3 { border: 0; margin-top: .5rem; font-size: 1rem; }
figure { margin: .75rem 0; max-width: 30rem; }
figcaption { font-size: .875rem; }
.picture { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; font-family: inherit; }
.pages { display: flex; gap: 1.25rem; margin: 1rem 0; }
.cards { list-style: none; padding: 0; display: grid; gap: .25rem 2rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); }
.result { margin: 1rem 0; }
footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid var(--line); font-size: .875rem; color: var(--quiet); }
@media (max-width: 42rem) {
  .facts > div { grid-template-columns: 1fr; gap: 0; }
  h1 { font-size: 1.35rem; }
  .stack thead { position: absolute; left: -99rem; }
  /* What is not seen is not to be reached by keyboard: the form above orders the rows as well. */
  .stack thead a { visibility: hidden; }
  .stack, .stack tbody, .stack tr, .stack td, .stack caption { display: block; }
  .stack tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .stack td { border: 0; padding: .1rem 0; text-align: left; min-width: 0; }
  .stack td:empty { display: none; }
  .stack td[data-label]::before { content: attr(data-label) ": "; color: var(--quiet); font-size: .875rem; }
}
@media screen and (prefers-color-scheme: dark) {
  .fill-back { fill: var(--back); } .fill-text { fill: var(--text); } .fill-quiet { fill: var(--quiet); }
  .stroke-line { stroke: var(--line); } .stroke-back, .rim { stroke: var(--back); }
  .fill-good { fill: #56b4e9; } .fill-warn { fill: #e69f00; } .fill-bad { fill: #e58ab8; } .fill-dim { fill: #6e7781; } .fill-waits { fill: #d08f22; } .fill-rest { fill: #8b949e; }
}
@media print {
  :root { --back: #fff; --text: #000; --quiet: #444; --line: #999; --soft: #fff; --link: #000; --good: #000; --bad: #000; --warn: #000; }
  .site ul, .site form, .skip, form, .pages, .how, figcaption { display: none; }
  figure { break-inside: avoid; }
  main a.mail[rel]::after, .item h4 a[rel]::after { content: " <" attr(href) ">"; font-weight: 400; font-size: .8em; }
  .mail { white-space: normal; }
  details > * { display: block; }
  details::details-content { content-visibility: visible; display: block; }
  tr, .item { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`;

/** The icon of the site: lines of a letter. */
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0a58b8"/><path d="M8 10h16M8 16h16M8 22h9" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>`;

export interface Asset {
  /** With a hash of its content: it may be cached forever. */
  readonly path: string;
  readonly type: string;
  readonly body: string;
}

function asset(name: string, ending: string, type: string, body: string): Asset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { path: `/assets/${name}-${hash}.${ending}`, type, body };
}

export const stylesheet = asset('site', 'css', 'text/css; charset=utf-8', css);
export const siteIcon = asset('icon', 'svg', 'image/svg+xml', icon);
