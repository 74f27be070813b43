/** Who made and last changed a row, and when: for new rows, changed rows and rows of a seed. */
import type { Stamps } from '../content-state.ts';
import type { Json } from '../json.ts';
import { type Birth, type Call, idAs } from '../route.ts';
import { child, id, optional, type Spot } from '../spot.ts';
import { ownerOf } from '../state.ts';

export const stampKeys: readonly string[] = ['creator_id', 'modifier_id', 'created_time', 'modified_time'];

export const newStamps = (call: Call): Stamps => {
  const by = ownerOf(call.state);
  const at = String(call.now);
  return { creator_id: by, modifier_id: by, created_time: at, modified_time: at };
};

export const changedStamps = (call: Call): Pick<Stamps, 'modifier_id' | 'modified_time'> => ({
  modifier_id: ownerOf(call.state),
  modified_time: String(call.now),
});

export const seededStamps = (entry: Spot, birth: Birth): Stamps => {
  const creator = optional(child(entry, 'creator_id'), id, birth.ownerId);
  const created = optional(child(entry, 'created_time'), id, birth.now);
  return {
    creator_id: creator,
    modifier_id: optional(child(entry, 'modifier_id'), id, creator),
    created_time: created,
    modified_time: optional(child(entry, 'modified_time'), id, created),
  };
};

export const nameOfOperator = (operator: string, call: Call): string => call.state.operators.find((row) => row.id === operator)?.profile['first_name'] ?? '';

/** `{name, id}`, as most pages show a person. */
export const showPerson = (operator: string, call: Call): { readonly [key: string]: Json } => ({
  name: nameOfOperator(operator, call),
  id: idAs(call, 'string', operator),
});
