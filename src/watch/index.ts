/** The watch: rounds without an end, and what is told of them. It knows neither files nor portals; both come as functions. */
export { jittered, pauseAfter } from './back-off.ts';
export { type Answer, type Health, openHealth } from './health.ts';
export { changeEntries, type Entry, entryText, roundEntry } from './log.ts';
export { type Metrics, openMetrics } from './metrics.ts';
export { isFailure, type PlannedCounts, type RoundEnd } from './round-end.ts';
export { type Begun, type Part, type PartNews, runRounds } from './rounds.ts';
export { openServer, type Page, type Server } from './server.ts';
