/** Which scopes apply needs for a kind: those of the calls that it would make, by the table of calls. */
import { findEndpoints, fullPath } from '../api/index.ts';
import type { Action, Kind, KindPolicy, Request } from '../model/index.ts';

type Call = Pick<Request, 'method' | 'path'>;

/** Stands for any id. */
const anyId = '1';

/** The actions that salesiq.yaml lets a plan hold. */
const actionsOf = ({ manages, optional }: Kind, policy: KindPolicy | undefined): readonly Action[] =>
  manages.filter((action) => {
    const said = action === 'create' || action === 'delete' ? policy?.[action] : undefined;
    return said ?? optional?.includes(action) !== true;
  });

/** The calls of an action, with any id in the place of each; those that need a whole resource are told by where they go. */
const callsOf = ({ requests, lists, order }: Kind, action: Action): readonly Call[] => {
  const path = lists[0]?.path ?? '';
  switch (action) {
    case 'create':
      return requests.create === undefined ? [] : [{ method: 'POST', path }];
    case 'update':
      return [
        ...(requests.update === undefined ? [] : [{ method: 'PUT' as const, path: `${path}/${anyId}` }]),
        ...(requests.enable ?? []).flatMap((form) => [form(anyId, true), form(anyId, false)]),
        ...(requests.members ?? []).flatMap(({ add, remove }) => [add(anyId, [anyId]), remove(anyId, [anyId])]),
        ...(order === undefined ? [] : [order.place(anyId, 1)]),
      ];
    case 'delete':
      return requests.delete === undefined ? [] : [requests.delete(anyId, anyId)];
    case 'move':
      return order === undefined ? [] : [order.place(anyId, 1)];
  }
};

const scopeOf = ({ method, path }: Call): string | undefined => findEndpoints(method, fullPath({ base: 'portal', path }))[0]?.endpoint.scope;

/** The scopes for what may be written of a kind. A singleton's calls have addresses of their own, and one scope. */
export const scopesToWrite = (kind: Kind, policy: KindPolicy | undefined): readonly string[] => {
  if (kind.shape === 'singleton') return kind.scopes.write;
  const needed = new Set(actionsOf(kind, policy).flatMap((action) => callsOf(kind, action).flatMap((call) => scopeOf(call) ?? [])));
  return kind.scopes.write.filter((scope) => needed.has(scope));
};
