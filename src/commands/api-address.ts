/** What a person writes for a call → its address: a name of the table, or a path in any of its forms. */
import { type Address, type Base, bases, type Endpoint, endpointNamed, filledParts, findEndpoints, parametersOf } from '../api/index.ts';
import { type Query, UserError } from '../model/index.ts';

/** A call that was found, or taken as it stands. */
export interface Resolved {
  readonly address: Address;
  /** Of a query behind the path. */
  readonly query: Query;
}

const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const;

const methodOf = (text: string): Endpoint['method'] => {
  const method = methods.find((one) => one === text.toUpperCase());
  if (method === undefined)
    throw new UserError(`"${text}" is no method of the API`, { hint: `It has ${methods.join(', ')}: salesiq-sync api GET /operators.` });
  return method;
};

const partsOf = (path: string): readonly string[] => path.replace(/^\//, '').split('/');

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** The longest first, so that `/api/v2/{screenname}` goes before `/api/v2`. */
const prefixes = (Object.keys(bases).flatMap((name) => (isBase(name) ? [{ base: name, parts: partsOf(bases[name]) }] : [])) satisfies readonly object[]).sort(
  (a, b) => b.parts.length - a.parts.length,
);

function isBase(name: string): name is Base {
  return Object.hasOwn(bases, name);
}

const split = (path: string, screenname: string): { readonly base: Base; readonly parts: readonly string[] } => {
  const given = partsOf(path).map(decoded);
  const found = prefixes.find(({ parts }) =>
    parts.every((part, index) => (part === '{screenname}' ? [part, screenname].includes(given[index] ?? '') : part === given[index])),
  );
  if (found !== undefined) return { base: found.base, parts: given.slice(found.parts.length) };
  return { base: ['portals', 'encryptions'].includes(given[0] ?? '') ? 'service' : 'portal', parts: given };
};

const byName = (endpoint: Endpoint, method: Endpoint['method'], parameters: readonly string[]): Resolved => {
  const wanted = parametersOf(endpoint.path);
  if (![endpoint.method, ...(endpoint.also ?? []).flatMap((form) => form.method ?? [])].includes(method))
    throw new UserError(`${endpoint.name} is a ${endpoint.method}, not a ${method}`, { hint: `salesiq-sync api ${endpoint.method} ${endpoint.name}` });
  if (parameters.length !== wanted.length)
    throw new UserError(`${endpoint.name} takes ${wanted.length === 0 ? 'no parameter' : wanted.join(', ')}, and ${parameters.length} were given`, {
      hint: `salesiq-sync api ${[endpoint.method, endpoint.name, ...wanted.map((name) => name.toUpperCase())].join(' ')}`,
    });
  return { address: { method, base: endpoint.base, parts: filledParts(endpoint, parameters), endpoint }, query: {} };
};

/** Throws UserError for a method that there is not, and for parameters that do not fit. */
export const resolveCall = (methodText: string, path: string, parameters: readonly string[], screenname: string): Resolved => {
  const method = methodOf(methodText);
  const named = endpointNamed(path);
  if (named !== undefined) return byName(named, method, parameters);
  if (parameters.length > 0)
    throw new UserError(`there is no call "${path}" in the table, so it takes no parameters`, { hint: 'salesiq-sync api --list names them all.' });
  const [before = '', query = ''] = path.split(/\?(.*)/s);
  const { base, parts } = split(before, screenname);
  const shown = parts.map((part, index) => (base === 'service' && index === 1 && part === screenname ? '{screenname}' : part));
  const [found] = findEndpoints(method, `${bases[base]}/${shown.join('/')}`);
  return {
    address: { method, base, parts: shown, ...(found === undefined ? {} : { endpoint: found.endpoint }) },
    query: Object.fromEntries(new URLSearchParams(query)),
  };
};
