/**
 * What each event tells (webhooks-and-more.md 2.5). Documented are created,
 * completed and rated chats, new operators and departments, changed visitors;
 * replies and new attenders are known from clients. Of the others only what a
 * rule of the Workflows pages may ask for is known (2.4), and that is shown.
 */
import { chatEntity } from './event-chats.ts';
import { appFound, found, modifierOf, type Told } from './event-people.ts';
import type { EventDetails } from './events.ts';
import type { Department, Operator, PortalState } from './state.ts';

/** @throws Error, a sentence, when the details name what is not there */
export const entityOf = (event: string, details: EventDetails, state: PortalState, now: number): Told => {
  const [module = '', ...rest] = event.split('.');
  const change = rest.join('.');
  if (module === 'operator') return aboutOperator(change, details, state);
  if (module === 'department') return aboutDepartment(change, details, state);
  if (module === 'brands') return aboutBrand(change, details, state);
  if (module === 'tag') return aboutTag(change, state, now);
  return chatEntity(module, change, details, state, now);
};

const aboutOperator = (change: string, details: EventDetails, state: PortalState): Told => {
  const row: Operator = found(state.operators, details.operator, (one) => one.email_id, 'operator');
  return {
    id: row.id,
    app: undefined,
    entity: {
      email_id: row.email_id,
      access_levels: ['chat', 'tracking'],
      role: row.role,
      signature: row.zuid,
      date_of_birth: row.profile['date_of_birth'],
      description: row.profile['description'],
      language: row.profile['language'],
      chat_enabled: row.is_chat_enabled,
      type: 'Salesiq User',
      locale: '',
      confirmed: row.is_confirmed,
      enabled: row.is_enabled,
      notify: { return_visit: false, new_visit: false },
      modified_time: row.modified_time,
      id: row.id,
      departments: row.departments,
      first_name: row.profile['first_name'],
      owner: row.is_owner,
      created_time: row.created_time,
      time_format: '12 hours',
      ...(change === 'created' ? {} : { modifier: modifierOf(state) }),
    },
  };
};

const aboutDepartment = (change: string, details: EventDetails, state: PortalState): Told => {
  const row: Department = found(state.departments, details.department, (one) => one.name, 'department');
  return {
    id: row.id,
    app: undefined,
    entity: {
      is_enabled: String(row.is_enabled),
      created_time: row.created_time,
      modified_time: row.modified_time,
      operators: state.operators.filter((operator) => operator.departments.includes(row.id)).map((operator) => operator.id),
      is_system_generated: String(row.is_system_generated),
      name: row.name,
      is_public: String(row.is_public),
      email_configurations: row.email_configurations,
      description: row.description,
      id: row.id,
      display_name: row.display_name,
      created_by: row.created_by,
      ...(change === 'created' ? {} : { modifier: modifierOf(state) }),
    },
  };
};

const aboutBrand = (change: string, details: EventDetails, state: PortalState): Told => {
  const row = appFound(state, details.app);
  return { id: row.id, app: undefined, entity: { id: row.id, name: row.name, enabled: change === 'enabled', modifier: modifierOf(state) } };
};

const aboutTag = (change: string, state: PortalState, now: number): Told => {
  const id = '1385449374900';
  const tag = { id, name: 'VIP', color: '#ff9807', module: 'conversations', modified_time: String(now), modifier: modifierOf(state) };
  return { id, app: undefined, entity: change === 'deleted' ? { ...tag, deleted: true } : tag };
};
