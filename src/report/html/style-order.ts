/** Two columns of rows of one height, and the lines between them. */
export const orderStyles = `
.lists { border-top: 1px solid var(--edge); padding: .9rem 1rem 1rem; }
.lists summary { cursor: pointer; color: var(--quiet); font-size: .875rem; }
.order { display: grid; grid-template-columns: minmax(0, 1fr) minmax(2.5rem, 7rem) minmax(0, 1fr); max-width: 60rem; }
.order h4 { font-size: .8125rem; line-height: 1.75rem; height: 1.75rem; font-weight: 600; color: var(--quiet); }
.told { color: var(--quiet); font-size: .875rem; margin-bottom: .5rem; }
.column li { display: flex; align-items: center; gap: .45rem; height: 2.125rem; padding: 0 .5rem; border: 1px solid transparent; border-radius: .35rem; font-size: .875rem; line-height: 1.05rem; }
.column .place { flex: none; min-width: 1.6rem; text-align: right; font-size: .75rem; }
.column i { flex: none; width: 1.1rem; height: 1.1rem; border-radius: .25rem; font: 700 .8125rem/1.1rem var(--mono); }
.column i::before { width: 1.1rem; }
.column .place + .name { padding-left: 1.55rem; }
.column .name { min-width: 0; flex: 0 1 auto; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; line-clamp: 2; overflow: hidden; }
.column .name a { color: inherit; text-decoration: none; }
.column .delete .name a { text-decoration: line-through; text-decoration-thickness: 1px; }
.column .name a:hover, .column .name a:focus-visible { text-decoration: underline; }
.column .note { flex: none; font-size: .6875rem; padding: 0 .35rem; border: 1px solid var(--edge); border-radius: .5rem; }
.column .goes { flex: none; margin-left: auto; font-size: .75rem; font-weight: 500; white-space: nowrap; font-variant-numeric: tabular-nums; }
.column .create, .column .delete, .column .up, .column .down { color: var(--tone); background: var(--tone-ground); font-weight: 600; }
.column .update i { color: var(--tone); background: var(--tone-ground); }
.column .run { color: var(--quiet); font-size: .8125rem; border: 1px dashed var(--edge); }
.column .run .name { padding-left: 0; }
.column .create .place, .column .delete .place, .column .up .place, .column .down .place { color: inherit; }
.lines { width: 100%; height: calc(100% - 1.75rem); margin-top: 1.75rem; overflow: visible; }
.lines path { fill: none; stroke: var(--line); stroke-width: 1.25; vector-effect: non-scaling-stroke; }
.lines .up, .lines .down { stroke: var(--tone); stroke-width: 2.5; }
.lines .create, .lines .delete { stroke: var(--tone); stroke-width: 2; stroke-dasharray: 3 3; }
.whole { margin-top: .8rem; }
.whole table { margin-top: .5rem; border-collapse: collapse; font-size: .8125rem; }
.whole th, .whole td { text-align: left; padding: .15rem .9rem .15rem 0; border-bottom: 1px solid var(--edge); font-variant-numeric: tabular-nums; }

@media (max-width: 40rem) {
  .lists { padding: .75rem .5rem; }
  .order { grid-template-columns: minmax(0, 1fr) 2rem minmax(0, 1fr); }
  .column li { height: 2.6rem; padding: 0 .15rem; gap: .2rem; font-size: .75rem; line-height: .95rem; }
  .column .place { min-width: 1.1rem; font-size: .6875rem; }
  .column i, .column i::before { width: .9rem; }
  .column .place + .name { padding-left: .15rem; }
  .column .up, .column .down { display: grid; grid-template-columns: auto auto minmax(0, 1fr); align-content: center; row-gap: 0; }
  .column .up .name, .column .down .name { -webkit-line-clamp: 1; line-clamp: 1; }
  .column .goes { grid-column: 3; margin: 0; font-size: .6875rem; line-height: .85rem; }
  .column .note { display: none; }
}
`;
