/** Which entry of the table a call is. */
import { type Base, bases, type Endpoint } from './endpoint.ts';

/** One form of an entry: its own, or one that a contradicting page gives. */
interface Form {
  readonly endpoint: Endpoint;
  readonly method: Endpoint['method'];
  readonly parts: readonly string[];
}

/** A path that was found in the table. */
export interface Found {
  readonly endpoint: Endpoint;
  /** What stands in the places of the parameters. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** `/webhooks/{id}` → its parts. */
export const partsOf = (path: string): readonly string[] => path.replace(/^\//, '').split('/');

const isParameter = (part: string): boolean => part.startsWith('{') && part !== '{screenname}';

/** Names of the parameters of a path, in their order. */
export const parametersOf = (path: string): readonly string[] =>
  partsOf(path)
    .filter(isParameter)
    .map((part) => part.slice(1, -1));

const formsOf = (endpoint: Endpoint): readonly Form[] => {
  const form = (method: Endpoint['method'], base: Base, path: string): Form => ({ endpoint, method, parts: partsOf(`${bases[base]}${path}`) });
  return [
    form(endpoint.method, endpoint.base, endpoint.path),
    ...(endpoint.also ?? [])
      .filter(({ method, path, base }) => method !== undefined || path !== undefined || base !== undefined)
      .map((other) => form(other.method ?? endpoint.method, other.base ?? endpoint.base, other.path ?? endpoint.path)),
  ];
};

/** The parameters, where the parts are those of the form. */
const matched = (form: Form, parts: readonly string[]): Readonly<Record<string, string>> | undefined => {
  if (form.parts.length !== parts.length) return undefined;
  const pairs: [string, string][] = [];
  for (const [index, wanted] of form.parts.entries()) {
    const part = parts[index] ?? '';
    if (isParameter(wanted)) pairs.push([wanted.slice(1, -1), part]);
    else if (wanted !== part) return undefined;
  }
  return Object.fromEntries(pairs);
};

/** `commonrule` stands where an id would (rules.md 4.1), and a module where a resource would: words go before parameters. */
const freedom = ({ parts }: Form): number => parts.filter(isParameter).length;

/**
 * The entries that a call may be, the likeliest first; several where only body,
 * query or a header tell them apart. @param path as `fullPath` gives it, with
 * `{screenname}` for the portal's name
 */
export const findAll = (endpoints: readonly Endpoint[], method: string, path: string): readonly Found[] => {
  const parts = partsOf(path);
  return endpoints
    .flatMap(formsOf)
    .filter((form) => form.method === method)
    .flatMap((form) => {
      const parameters = matched(form, parts);
      return parameters === undefined ? [] : [{ form, parameters }];
    })
    .sort((a, b) => freedom(a.form) - freedom(b.form))
    .map(({ form: { endpoint }, parameters }) => ({ endpoint, parameters }));
};
