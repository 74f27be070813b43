/**
 * Change → the calls it takes, as data. The service has several calls behind
 * one PUT (rules.md 1): details, on/off and place are told apart by the body
 * alone, so each goes by itself. Lists that have calls of their own for what
 * comes and what goes take these: what comes is sent before anything goes.
 */
import {
  type Change,
  type IdOf,
  isList,
  type Json,
  type JsonObject,
  type Kind,
  type MembersRule,
  type Part,
  partOf,
  type Request,
  switchFieldOf,
} from '../model/index.ts';

/** One call of a change. `part` says what it is about, so that what was not kept can be sent another way. */
export interface Call {
  readonly part: 'create' | Part | 'delete';
  readonly request: Request;
}

export type Lowered = Exclude<Change, { readonly action: 'move' }>;

/** Which form of the enable call a kind takes: the documentation has two for one kind, and the run remembers which was kept. */
export type EnableForm = (kind: string) => number;

const isOn = (kind: Kind, spec: JsonObject): boolean => {
  const field = switchFieldOf(kind);
  return field === 'enabled' ? spec[field] !== false : spec[field] === true;
};

/** The call that switches a resource on or off, where its kind has one. */
export const enableCall = (kind: Kind, id: string, spec: JsonObject, form: EnableForm): readonly Call[] => {
  const forms = kind.requests.enable ?? [];
  const call = forms[Math.min(form(kind.name), forms.length - 1)];
  return call === undefined ? [] : [{ part: 'enable', request: call(id, isOn(kind, spec)) }];
};

/** The calls that bring a list of members from one set of ids to another. */
export const memberCalls = (rule: MembersRule, id: string, added: readonly string[], removed: readonly string[]): readonly Call[] => [
  ...(added.length === 0 ? [] : [{ part: 'members' as const, request: rule.add(id, added) }]),
  ...(removed.length === 0 ? [] : [{ part: 'members' as const, request: rule.remove(id, removed) }]),
];

const listOf = (value: Json | undefined): readonly string[] => (isList(value) ? value.map(String) : []);

/** What a change is lowered with. */
export interface Lowering {
  /** The live resource as it was planned from: its spec, and the service's own form, for what an update must send back. */
  readonly live: { readonly spec: JsonObject; readonly raw: JsonObject };
  readonly idOf: IdOf;
  readonly form: EnableForm;
  /** Whether the plan deletes what a reference names, so that it leaves by itself; what leaves its members to another does not. */
  readonly isDoomed: (kind: string, key: string) => boolean;
}

const memberKindOf = (kind: Kind, field: string): string => kind.refs.find(({ path }) => path === `${field}[]`)?.kind ?? '';

export const lower = (change: Lowered, kind: Kind, { live, idOf, form, isDoomed }: Lowering): readonly Call[] => {
  const { requests } = kind;
  switch (change.action) {
    case 'create':
      return requests.create === undefined ? [] : [{ part: 'create', request: requests.create(change.spec, idOf) }];
    case 'update': {
      const parts = new Set(change.fields.map(({ path }) => partOf(kind, path)));
      const made = requests.update === undefined || (!parts.has('details') && parts.size > 0) ? [] : requests.update(change.id, change.spec, live.raw, idOf);
      const details: readonly Request[] = 'method' in made ? [made] : made;
      const members = (parts.has('members') ? (requests.members ?? []) : []).flatMap((rule) => {
        const named = memberKindOf(kind, rule.field);
        // By ids: one that is renamed has two names meanwhile.
        const idsOf = (keys: readonly string[]): readonly string[] => keys.map((key) => idOf(named, key));
        const before = idsOf(listOf(live.spec[rule.field]).filter((key) => !isDoomed(named, key)));
        const after = idsOf(listOf(change.spec[rule.field]));
        return memberCalls(
          rule,
          change.id,
          after.filter((id) => !before.includes(id)),
          before.filter((id) => !after.includes(id)),
        );
      });
      const enable = parts.has('enable') ? enableCall(kind, change.id, change.spec, form) : [];
      return [...details.map((request): Call => ({ part: 'details', request })), ...members, ...enable];
    }
    case 'delete': {
      if (requests.delete === undefined) return [];
      return [{ part: 'delete', request: requests.delete(change.id, change.heir === undefined ? undefined : idOf(kind.name, change.heir)) }];
    }
  }
};
