/** Groups, changes and their fields. Long plans stay quick because what is out of sight is not laid out. */
export const changeStyles = `
.group { margin-top: 1rem; background: var(--sheet); border: 1px solid var(--edge); border-radius: .6rem; }
.group > summary { display: grid; grid-template-columns: auto fit-content(70%) minmax(5rem, 1fr); align-items: center; gap: .3rem .7rem; padding: .75rem 1rem; cursor: pointer; list-style: none; }
.group > summary::-webkit-details-marker { display: none; }
.group > summary::before { content: "▸"; color: var(--quiet); width: .8rem; }
.group[open] > summary::before { content: "▾"; }
h3 { font-size: 1rem; font-weight: 650; }
.counts { display: inline-flex; flex-wrap: wrap; gap: .3rem; white-space: nowrap; }
.count { font: 600 .75rem/1.4 var(--mono); padding: 0 .35rem; border-radius: .3rem; color: var(--tone); background: var(--tone-ground); }
.live { padding: 0 1rem .7rem 2.5rem; margin-top: -.45rem; color: var(--quiet); font-size: .8125rem; }

.change { padding: .8rem 1rem; border-top: 1px solid var(--edge); content-visibility: auto; contain-intrinsic-size: auto 6.5rem; }
.change:target { box-shadow: inset 3px 0 var(--link); }
.head { display: flex; flex-wrap: wrap; align-items: baseline; gap: .15rem .8rem; }
.head h4 { display: flex; align-items: baseline; gap: .55rem; min-width: 0; font-size: 1rem; font-weight: 600; }
.sign { flex: none; display: inline-grid; place-items: center; width: 1.45rem; height: 1.45rem; border-radius: .35rem; font: 700 .9375rem/1 var(--mono); color: var(--tone, var(--quiet)); background: var(--tone-ground, transparent); }
.place { color: var(--quiet); font-weight: 500; font-size: .875rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.at { font-family: var(--mono); font-size: .8125rem; color: var(--quiet); }
a.at { color: var(--link); }
.note { color: var(--quiet); font-size: .8125rem; }
.delete .name { text-decoration: line-through; text-decoration-thickness: 1px; }
.still { display: flex; flex-wrap: wrap; align-items: baseline; gap: .55rem; padding: .6rem 1rem; border-top: 1px solid var(--edge); color: var(--quiet); }

.fields { margin: .5rem 0 0 2rem; font-size: .875rem; }
.field { display: grid; grid-template-columns: minmax(7rem, 13rem) minmax(0, 1fr); gap: 0 1rem; padding: .18rem 0; }
.field dt { font-family: var(--mono); font-size: .8125rem; color: var(--quiet); line-height: 1.6; }
.field dd { min-width: 0; }
.field del, .field ins { font-family: var(--mono); font-size: .8125rem; text-decoration: none; padding: .06rem .25rem; border-radius: .25rem; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.field del { color: var(--delete); background: var(--delete-ground); }
.field ins { color: var(--add); background: var(--add-ground); }
.pair del { text-decoration: line-through; text-decoration-thickness: 1px; }
.field b { font-weight: 650; border-radius: .15rem; }
.field del b { background: var(--delete-mark); }
.field ins b { background: var(--add-mark); }
.arrow { color: var(--quiet); }
.hidden-value { color: var(--quiet); }
.side { display: inline-block; font-size: .75rem; padding: 0 .45rem; border-radius: .75rem; border: 1px solid var(--edge); color: var(--quiet); }
.side.drift, .side.both { color: var(--change); background: var(--change-ground); border-color: transparent; }
.parts > li { display: flex; gap: .4rem; padding: .08rem 0; }
.parts .mark { flex: none; width: .8rem; font-family: var(--mono); font-weight: 700; }
.parts .gone > .mark { color: var(--delete); }
.parts .come > .mark { color: var(--add); }
.parts details { color: var(--quiet); font-size: .8125rem; }
.parts summary { cursor: pointer; }
.parts .kept .parts { font-family: var(--mono); }
.names summary { cursor: pointer; color: var(--quiet); }
.names ul { margin: .5rem 0 0 1.1rem; font-family: var(--mono); font-size: .8125rem; }

@media (max-width: 40rem) {
  .group > summary, .change, .still { padding-left: .75rem; padding-right: .75rem; }
  .group > summary { grid-template-columns: auto 1fr; }
  .group > summary .counts { grid-column: 2; }
  .live { padding-left: 2.3rem; margin-top: -.35rem; }
  .fields { margin-left: 0; }
  .field { grid-template-columns: minmax(0, 1fr); padding: .25rem 0; }
}
`;
