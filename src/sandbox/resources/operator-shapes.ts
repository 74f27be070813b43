/**
 * How operators are shown (platform-and-people.md 2.1). Each call shows another
 * selection of keys, and three of them other spellings: `pincode` after a
 * create, `messenger_id` after joining departments, `modifed_time` after
 * joining and leaving. All are reproduced.
 */
import type { Json } from '../json.ts';
import { type Call, idAs } from '../route.ts';
import type { Operator } from '../state.ts';

/** Texts about a person with their values when nothing is said. */
export const profile: Readonly<Record<string, string>> = {
  first_name: '',
  last_name: '',
  nick_name: '',
  description: '',
  date_of_birth: '',
  mobile: '',
  phone: '',
  street: '',
  city: '',
  state: '',
  country: '',
  pin_code: '',
  language: 'en',
  time_zone: '',
  maximum_concurrent_chat: '10',
};

const wmsId = (row: Operator): string => `LD_55158025_${row.id}`;

export const everything = (row: Operator, call: Call): { readonly [key: string]: Json } => ({
  ...row.profile,
  ...Object.fromEntries((['is_chat_enabled', 'is_enabled', 'is_owner', 'is_confirmed', 'is_deleted'] as const).map((key) => [key, String(row[key])])),
  id: idAs(call, 'string', row.id),
  zuid: row.zuid,
  wms_id: wmsId(row),
  email_id: row.email_id,
  role: row.role,
  status_code: row.status_code,
  status_message: row.status_code === '1' ? 'Available' : 'Busy',
  notify: { new_visit: 'true', return_visit: 'true' },
  created_time: row.created_time,
  modified_time: row.modified_time,
  departments: row.departments.map((department) => idAs(call, 'string', department)),
  image_url: `/api/v2/${call.state.screenname}/downloads/${row.id}?purpose=operator_image`,
});

const without = (whole: { readonly [key: string]: Json }, keys: readonly string[]): { readonly [key: string]: Json } =>
  Object.fromEntries(Object.entries(whole).filter(([key]) => !keys.includes(key)));

const listKeys = [
  'is_chat_enabled',
  'first_name',
  'is_enabled',
  'nick_name',
  'wms_id',
  'email_id',
  'status_code',
  'status_message',
  'notify',
  'zuid',
  'is_owner',
  'id',
  'is_confirmed',
  'is_deleted',
  'last_name',
  'maximum_concurrent_chat',
  'created_time',
  'modified_time',
  'role',
  'departments',
];

export const showInList = (row: Operator, call: Call): Json =>
  Object.fromEntries(Object.entries(everything(row, call)).filter(([key]) => listKeys.includes(key)));

export const showCreated = (row: Operator, call: Call): Json => ({
  ...without(everything(row, call), ['zuid', 'pin_code']),
  type: '1',
  pincode: row.profile['pin_code'],
});

export const showJoined = (row: Operator, call: Call): Json => ({
  ...without(everything(row, call), ['wms_id', 'modified_time', 'is_enabled', 'zuid', 'notify']),
  messenger_id: wmsId(row),
  modifed_time: row.modified_time,
});

export const showLeft = (row: Operator, call: Call): Json => ({
  ...without(everything(row, call), ['modified_time', 'is_enabled', 'zuid', 'notify']),
  modifed_time: row.modified_time,
});
