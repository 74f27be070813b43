/** Colours in both schemes, type, the head, boxes, filters. Colours of text hold 4.5 to 1 on their ground. */
export const frameStyles = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f7f8, #101317);
  --sheet: light-dark(#ffffff, #171b21);
  --text: light-dark(#1b2026, #e3e7ec);
  --quiet: light-dark(#59626d, #9ba5b1);
  --edge: light-dark(#dde1e6, #2b323b);
  --line: light-dark(#c3c9d1, #404954);
  --link: light-dark(#0b57a8, #82b8f5);
  --add: light-dark(#17652f, #7fd69a);
  --add-ground: light-dark(#e4f4e8, #14301e);
  --add-mark: light-dark(#b5e3c1, #245b37);
  --change: light-dark(#7a4b00, #ecc26c);
  --change-ground: light-dark(#fbf0d7, #33290f);
  --move: light-dark(#5a3ea8, #bda7f7);
  --move-ground: light-dark(#eee9fb, #272042);
  --delete: light-dark(#a3142a, #ff9aa4);
  --delete-ground: light-dark(#fce8ea, #3b181d);
  --delete-mark: light-dark(#f5bcc3, #76303a);
  --mono: ui-monospace, "SFMono-Regular", "Cascadia Mono", "Segoe UI Mono", Menlo, Consolas, "Liberation Mono", monospace;
}
:root[data-scheme=light] { color-scheme: light; }
:root[data-scheme=dark] { color-scheme: dark; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere;
}
.page { max-width: 68rem; margin: 0 auto; padding: 0 1rem; }
h1, h2, h3, h4, p, ul, ol, dl, dd { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.01em; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; }
a { color: var(--link); text-underline-offset: .15em; }
code, pre { font-family: var(--mono); font-size: .875em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .2rem; }
main:focus { outline: none; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
i { font-style: normal; display: inline-block; width: 1.1em; height: 1.5em; overflow: hidden; white-space: nowrap; vertical-align: bottom; }
i::before { display: inline-block; width: 1.1em; margin-right: 3em; text-align: center; content: "\\2192"; content: "\\2192" / ""; }
.skip { position: absolute; left: -99rem; padding: .5rem 1rem; background: var(--sheet); z-index: 3; }
.skip:focus { left: .5rem; top: .5rem; }
.scheme { position: absolute; top: 1rem; right: 1rem; font-size: .8125rem; color: var(--quiet); }
select, button, input[type=search] {
  font: inherit; font-size: .875rem; color: inherit; background: var(--sheet);
  border: 1px solid light-dark(#87909b, #5d6874); border-radius: .4rem; padding: .3rem .55rem; min-height: 2.1rem;
}
button { cursor: pointer; }
button[aria-pressed=true] { background: var(--move-ground); color: var(--move); }

.top { padding: 2.75rem 0 0; }
.kind-of-page { color: var(--quiet); font-size: .8125rem; letter-spacing: .02em; }
.verdict { margin-top: .75rem; display: flex; flex-wrap: wrap; gap: .35rem .7rem; align-items: baseline; }
.verdict strong { font-weight: 600; }
.badge { font-size: .8125rem; font-weight: 650; padding: .12rem .6rem; border-radius: 1rem; border: 1px solid currentColor; white-space: nowrap; }
.changes .badge, .unfinished .badge { color: var(--change); background: var(--change-ground); }
.settled .badge, .done .badge { color: var(--add); background: var(--add-ground); }
.blocked .badge, .broken .badge, .failed .badge { color: var(--delete); background: var(--delete-ground); }
.tiles { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: .6rem; margin-top: 1.25rem; max-width: 36rem; }
.tile { display: flex; flex-direction: column-reverse; padding: .6rem .8rem; border-radius: .6rem; background: var(--sheet); border: 1px solid var(--edge); border-top: 3px solid; }
.tile dt { color: var(--quiet); font-size: .8125rem; }
.tile dd { font-size: 1.5rem; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums; }
.tile dd span { margin-right: .3rem; font-family: var(--mono); font-weight: 500; }
.tile.none { border-top-color: var(--edge); }
.tile.none dd { color: var(--quiet); }
.create { --tone: var(--add); --tone-ground: var(--add-ground); }
.update { --tone: var(--change); --tone-ground: var(--change-ground); }
.move, .up, .down { --tone: var(--move); --tone-ground: var(--move-ground); }
.delete { --tone: var(--delete); --tone-ground: var(--delete-ground); }
.tile:not(.none) { border-top-color: var(--tone); }
.tile:not(.none) dd { color: var(--tone); }
.facts { margin-top: 1rem; color: var(--quiet); font-size: .875rem; display: grid; gap: .15rem; }
.bar { display: inline-block; width: 7rem; height: .5rem; vertical-align: baseline; margin-left: .4rem; border-radius: .25rem; }
.bar .room { fill: var(--edge); }
.bar .within { fill: var(--add); }
.bar .past { fill: var(--delete); }
.bar .limit { stroke: var(--text); stroke-width: 2; vector-effect: non-scaling-stroke; }

.box { margin-top: 1.5rem; padding: 1rem 1.1rem; background: var(--sheet); border: 1px solid var(--edge); border-left: 4px solid var(--quiet); border-radius: .6rem; }
.box h2 { margin: 0 0 .35rem; }
.box.bad { border-left-color: var(--delete); }
.box.caution { border-left-color: var(--change); }
.box > p { color: var(--quiet); font-size: .875rem; }
.finding { padding: .7rem 0; }
.finding + .finding { border-top: 1px solid var(--edge); }
.finding .message, .finding .hint { white-space: pre-line; }
.finding .word { display: inline-block; font-size: .75rem; font-weight: 650; padding: .05rem .45rem; margin-right: .25rem; border-radius: .3rem; }
.finding.bad .word { color: var(--delete); background: var(--delete-ground); }
.finding.caution .word { color: var(--change); background: var(--change-ground); }
.finding .code { color: var(--quiet); font-size: .75rem; }
.finding .hint { color: var(--quiet); }
.finding p + p { margin-top: .15rem; }
.excerpt { margin: .35rem 0; padding: .45rem .7rem; background: var(--ground); border: 1px solid var(--edge); border-radius: .4rem; overflow-x: auto; line-height: 1.35; }

.filters {
  display: flex; flex-wrap: wrap; gap: .6rem .9rem; align-items: center;
  margin: 1.75rem 0 0; padding: .7rem .9rem; background: var(--sheet); border: 1px solid var(--edge); border-radius: .6rem; font-size: .875rem;
}
.filters fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .35rem; }
.choice { display: inline-flex; align-items: center; gap: .45rem; color: var(--quiet); min-width: 0; white-space: nowrap; }
.choice select { flex: 1 1 auto; min-width: 0; max-width: 16rem; }
.search { flex: 1 1 16rem; }
.search input { flex: 1; min-width: 0; width: 100%; }
.pill { display: inline-flex; align-items: center; gap: .3rem; padding: .2rem .6rem; min-height: 2.1rem; border: 1px solid var(--edge); border-radius: 1.1rem; cursor: pointer; color: var(--tone); }
.pill:has(:checked) { background: var(--tone-ground); border-color: var(--tone); }
.pill input { margin: 0; accent-color: var(--tone); }
.filters output { color: var(--quiet); font-variant-numeric: tabular-nums; }

nav.groups { display: none; }
nav.groups a { display: block; padding: .3rem .5rem; border-radius: .4rem; color: var(--text); text-decoration: none; font-size: .8125rem; line-height: 1.35; }
nav.groups a:hover { background: var(--edge); }
nav.groups .counts { display: inline-flex; margin-left: .15rem; }
footer { max-width: 68rem; margin: 3rem auto 0; padding: 1rem 1rem 2rem; color: var(--quiet); font-size: .8125rem; }

@media (min-width: 72rem) {
  .with-groups { max-width: 84rem; display: grid; grid-template-columns: minmax(0, 1fr) 15rem; column-gap: 2.5rem; }
  .with-groups > .top { grid-column: 1; }
  .with-groups > main { grid-column: 1; grid-row: 2; }
  nav.groups { display: block; grid-column: 2; grid-row: 2; position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow-y: auto; margin-top: 1.75rem; }
  .with-groups + footer { max-width: 84rem; }
}
@media (max-width: 40rem) {
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .top { padding-top: 3.5rem; }
  .choice { flex: 1 1 100%; }
  .choice select { max-width: none; }
}
@media print {
  :root { color-scheme: light; }
  .filters, .scheme, .skip, nav.groups { display: none !important; }
  .group, .group > article { content-visibility: visible !important; break-inside: avoid; }
}
`;
