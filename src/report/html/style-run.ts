/** What only the pages of runs and of failures have: outcomes, requests, steps. */
export const runStyles = `
.box.good { border-left-color: var(--add); }
.box > h3 { margin-top: .6rem; }
.box > .hint, .box > .message { white-space: pre-line; }
.idle { --tone: var(--quiet); --tone-ground: var(--ground); }
.steps { display: grid; gap: .6rem; }
.command { display: block; width: fit-content; max-width: 100%; margin-top: .25rem; padding: .3rem .6rem; background: var(--ground); border: 1px solid var(--edge); border-radius: .4rem; user-select: all; }
.outcomes, .requests { background: var(--sheet); border: 1px solid var(--edge); border-radius: .6rem; }
.outcomes > .live { padding: .7rem 1rem 0; margin: 0; }
.outcome { padding: .6rem 1rem; content-visibility: auto; contain-intrinsic-size: auto 3rem; }
.outcome + .outcome, .requests > li + li { border-top: 1px solid var(--edge); }
.outcome h3 { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem .55rem; font-size: .9375rem; font-weight: 500; }
.fate { flex: none; display: inline-grid; place-items: center; width: 1.45rem; height: 1.45rem; border-radius: .35rem; font: 700 .9375rem/1 var(--mono); color: var(--tone); background: var(--tone-ground); }
.outcome .action { color: var(--quiet); font-size: .8125rem; }
.trouble { margin: .35rem 0 .2rem 2rem; font-size: .875rem; }
.trouble .message, .trouble .hint { white-space: pre-line; }
.trouble .hint, .trouble .code { color: var(--quiet); }
.requests > li { content-visibility: auto; contain-intrinsic-size: auto 2.7rem; }
.requests > li:target { box-shadow: inset 3px 0 var(--link); }
.request > summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem .7rem; padding: .55rem 1rem; cursor: pointer; list-style: none; }
.request > summary::-webkit-details-marker { display: none; }
.request > summary::before { content: "\\25b8"; color: var(--quiet); }
.request[open] > summary::before { content: "\\25be"; }
.request .number { min-width: 1.6rem; color: var(--quiet); font-size: .8125rem; text-align: right; font-variant-numeric: tabular-nums; }
.parts-of-call { padding: 0 1rem .8rem 4.2rem; }
.parts-of-call .label { margin-top: .5rem; font-size: .8125rem; font-weight: 600; }
.parts-of-call .trouble { margin-left: 0; }

@media (max-width: 40rem) {
  .outcome, .request > summary { padding-left: .75rem; padding-right: .75rem; }
  .outcome h3 > bdi { order: 1; flex-basis: 100%; }
  .trouble { margin-left: 0; }
  .parts-of-call { padding: 0 .75rem .8rem; }
}
@media print {
  .outcome, .requests > li { content-visibility: visible; break-inside: avoid; }
}
`;
