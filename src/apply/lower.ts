/**
 * Change → the calls it takes, as data. The service has several calls behind
 * one PUT (rules.md 1): details, on/off and place are told apart by the body
 * alone, so each goes by itself.
 */
import type { Change, IdOf, JsonObject, Kind, Request } from '../model/index.ts';

/** One call of a change. `part` says what it is about, so that what was not kept can be sent another way. */
export interface Call {
  readonly part: 'create' | 'details' | 'enable' | 'delete';
  readonly request: Request;
}

type Lowered = Exclude<Change, { readonly action: 'move' }>;

/** Which form of the enable call a kind takes: the documentation has two for one kind, and the run remembers which was kept. */
export type EnableForm = (kind: string) => number;

const isOn = (spec: JsonObject): boolean => spec['enabled'] !== false;

/** The call that switches a resource on or off, where its kind has one. */
export const enableCall = (kind: Kind, id: string, spec: JsonObject, form: EnableForm): readonly Call[] => {
  const forms = kind.requests.enable ?? [];
  const call = forms[Math.min(form(kind.name), forms.length - 1)];
  return call === undefined ? [] : [{ part: 'enable', request: call(id, isOn(spec)) }];
};

const touchesEnabled = (change: Lowered): boolean => change.fields.some(({ path }) => path === 'enabled');
const touchesDetails = (change: Lowered): boolean => change.fields.some(({ path }) => path !== 'enabled');

/** @param raw the service's own form of the live resource, for what an update must send back */
export const lower = (change: Lowered, kind: Kind, raw: JsonObject, idOf: IdOf, form: EnableForm): readonly Call[] => {
  const { requests } = kind;
  switch (change.action) {
    case 'create':
      return requests.create === undefined ? [] : [{ part: 'create', request: requests.create(change.spec, idOf) }];
    case 'update': {
      const details =
        requests.update === undefined || !(touchesDetails(change) || requests.enable === undefined) ? [] : [requests.update(change.id, change.spec, raw, idOf)];
      const enable = touchesEnabled(change) ? enableCall(kind, change.id, change.spec, form) : [];
      return [...details.map((request): Call => ({ part: 'details', request })), ...enable];
    }
    case 'delete':
      return requests.delete === undefined ? [] : [{ part: 'delete', request: requests.delete(change.id) }];
  }
};
