/** The only HTTP of the program: readers and writers of the service. */
export type { Inside } from './access.ts';
export { type Address, type Caller, type FileToSend, filledParts, openCaller, type Parcel } from './caller.ts';
export { checkToken, type TokenReport } from './check-token.ts';
export { isListCall, SalesIQ } from './client.ts';
export type { CallOf, ListCalls, QueryOf, QueryValue, SalesIQClient } from './client-types.ts';
export { type CallOutcome, type CallRecord, type Connection, type Credentials, checkConnection, type Hooks, type Pause } from './connection.ts';
export { type DataCenter, type DataCenterAddresses, dataCenters } from './data-centers.ts';
export {
  type Base,
  bases,
  type Endpoint,
  endpointNamed,
  endpoints,
  type Found,
  findEndpoints,
  fullPath,
  type ListPaging,
  parametersOf,
  scopesOf,
  sectionNames,
} from './endpoints.ts';
export { type Closable, openReader, openReaderAndWriter } from './open.ts';
export { parseJson } from './parse-json.ts';
export { openPool, type Pool } from './pool.ts';
export { systemTiming, type Timing } from './timing.ts';
export type { WholeAnswer } from './verdict.ts';
