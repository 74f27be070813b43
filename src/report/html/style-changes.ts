/** Groups, changes and their fields. Long plans stay quick because what is out of sight is not laid out. */
export const changeStyles = `
.group { margin-top: 1rem; background: var(--sheet); border: 1px solid var(--edge); border-radius: .6rem; }
.group > summary { display: grid; grid-template-columns: auto fit-content(70%) minmax(5rem, 1fr); align-items: center; gap: .3rem .7rem; padding: .75rem 1rem; cursor: pointer; list-style: none; }
.group > summary::-webkit-details-marker { display: none; }
.group > summary::before { content: "\\25b8"; color: var(--quiet); width: .8rem; }
.group[open] > summary::before { content: "\\25be"; }
h3 { font-size: 1rem; font-weight: 650; }
.counts { display: inline-flex; flex-wrap: wrap; gap: .3rem; white-space: nowrap; }
.count { font: 600 .75rem/1.4 var(--mono); padding: 0 .35rem; border-radius: .3rem; color: var(--tone); background: var(--tone-ground); }
.live { padding: 0 1rem .7rem 2.5rem; margin-top: -.45rem; color: var(--quiet); font-size: .8125rem; }

.group > article { display: flex; flex-wrap: wrap; align-items: baseline; gap: .15rem .8rem; padding: .8rem 1rem; border-top: 1px solid var(--edge); content-visibility: auto; contain-intrinsic-size: auto 6.5rem; }
article:target { box-shadow: inset 3px 0 var(--link); }
article > h4 { display: flex; align-items: baseline; gap: .55rem; min-width: 0; font-size: 1rem; font-weight: 600; }
article > h4 > i, .still > i { flex: none; width: 1.45rem; height: 1.45rem; border-radius: .35rem; font: 700 .9375rem/1.45rem var(--mono); color: var(--tone, var(--quiet)); background: var(--tone-ground, transparent); }
article > h4 > i::before, .still > i::before { width: 1.45rem; }
.create > i::before, .create > h4 > i::before, .come > i::before { content: "+"; content: "+" / ""; }
.update > i::before, .update > h4 > i::before { content: "~"; content: "~" / ""; }
.delete > i::before, .delete > h4 > i::before, .gone > i::before { content: "-"; content: "-" / ""; }
.up > i::before, .up > h4 > i::before { content: "\\2191"; content: "\\2191" / ""; }
.down > i::before, .down > h4 > i::before { content: "\\2193"; content: "\\2193" / ""; }
.still > i::before { content: "="; content: "=" / ""; }
.place { color: var(--quiet); font-weight: 500; font-size: .875rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.at { font-family: var(--mono); font-size: .8125rem; color: var(--quiet); }
a.at { color: var(--link); }
.note { color: var(--quiet); font-size: .8125rem; }
s { text-decoration-thickness: 1px; }
.column .delete .name { text-decoration: line-through; text-decoration-thickness: 1px; }
.still { display: flex; flex-wrap: wrap; align-items: baseline; gap: .55rem; padding: .6rem 1rem; border-top: 1px solid var(--edge); color: var(--quiet); }

article > dl { flex: 0 0 100%; display: grid; grid-template-columns: minmax(7rem, 13rem) minmax(0, 1fr); gap: .36rem 1rem; margin-top: .35rem; padding-left: 2rem; font-size: .875rem; }
dl > dt { font-family: var(--mono); font-size: .8125rem; color: var(--quiet); line-height: 1.6; }
dd del, dd ins { font-family: var(--mono); font-size: .8125rem; text-decoration: none; padding: .06rem .25rem; border-radius: .25rem; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
dd del { color: var(--delete); background: var(--delete-ground); }
dd ins { color: var(--add); background: var(--add-ground); }
dd > del { text-decoration: line-through; text-decoration-thickness: 1px; }
dd b { font-weight: 650; border-radius: .15rem; }
del b, .gone b { background: var(--delete-mark); }
ins b, .come b { background: var(--add-mark); }
dd > i { color: var(--quiet); }
.hidden-value { color: var(--quiet); }
.side { display: inline-block; font-size: .75rem; padding: 0 .45rem; border-radius: .75rem; border: 1px solid var(--edge); color: var(--quiet); }
.side.drift, .side.both { color: var(--change); background: var(--change-ground); border-color: transparent; }
dd li { font-family: var(--mono); font-size: .8125rem; width: fit-content; max-width: 100%; margin-bottom: .15rem; padding: .06rem .3rem .06rem 1.3rem; border-radius: .25rem; color: var(--quiet); }
dd li > i { width: 1rem; margin-left: -1rem; font-weight: 700; text-indent: 0; }
dd li > i::before { width: 1rem; text-align: left; }
dd .gone { color: var(--delete); background: var(--delete-ground); }
dd .come { color: var(--add); background: var(--add-ground); }
dd summary { cursor: pointer; font: .8125rem/1.5 system-ui, sans-serif; }
.names summary { cursor: pointer; color: var(--quiet); }
.names ul { margin: .5rem 0 0 1.1rem; font-family: var(--mono); font-size: .8125rem; }

@media (max-width: 40rem) {
  .group > summary, .group > article, .still { padding-left: .75rem; padding-right: .75rem; }
  .group > summary { grid-template-columns: auto 1fr; }
  .group > summary .counts { grid-column: 2; }
  .live { padding-left: 2.3rem; margin-top: -.35rem; }
  article > dl { grid-template-columns: minmax(0, 1fr); gap: 0; padding-left: 0; }
  article > dl > dt { padding-top: .3rem; }
}
`;
