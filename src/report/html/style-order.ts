/** Two columns of rows of one height, and the lines between them. */
export const orderStyles = `
.lists { border-top: 1px solid var(--edge); padding: .9rem 1rem 1rem; }
.lists summary { cursor: pointer; color: var(--quiet); font-size: .875rem; }
.order { display: grid; grid-template-columns: minmax(0, 1fr) minmax(2.5rem, 7rem) minmax(0, 1fr); max-width: 60rem; }
.order h4 { font-size: .8125rem; line-height: 1.75rem; height: 1.75rem; font-weight: 600; color: var(--quiet); }
.column li { display: flex; align-items: center; gap: .45rem; height: 2.125rem; padding: 0 .5rem; border: 1px solid transparent; border-radius: .35rem; font-size: .875rem; line-height: 1.05rem; }
.column .place { flex: none; min-width: 1.5rem; text-align: right; font-size: .75rem; }
.column .sign { width: 1.1rem; height: 1.1rem; font-size: .8125rem; background: none; }
.column .name { min-width: 0; flex: 0 1 auto; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; line-clamp: 2; overflow: hidden; }
.column .note { flex: none; font-size: .6875rem; padding: 0 .35rem; border: 1px solid var(--edge); border-radius: .5rem; }
.column .create, .column .delete, .column .up, .column .down { color: var(--tone); background: var(--tone-ground); font-weight: 600; }
.column .update .sign { background: var(--tone-ground); }
.column .run { color: var(--quiet); font-size: .8125rem; border: 1px dashed var(--edge); }
.column .create .place, .column .delete .place, .column .up .place, .column .down .place { color: inherit; }
.lines { width: 100%; height: calc(100% - 1.75rem); margin-top: 1.75rem; overflow: visible; }
.lines path { fill: none; stroke: var(--edge); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
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
  .column .sign { width: .9rem; }
  .column .sign:empty, .column .note { display: none; }
}
`;
