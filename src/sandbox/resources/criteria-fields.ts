/** `/criteriafields/{module}` (rules.md 2.5). Two pages leave their path open, so several words lead to one list. */
import { print } from '../json.ts';
import { refuse } from '../refusal.ts';
import type { Section } from '../route.ts';
import { type Field, fieldsByModule } from '../vocabulary.ts';

const modules: ReadonlyMap<string, readonly Field[]> = new Map([
  ...Object.entries(fieldsByModule),
  ['chatroutingrules', fieldsByModule.chatrouting],
  ['trigger', fieldsByModule.triggerrules],
]);

export const criteriaFields: Section = {
  keys: [],
  routes: [
    {
      method: 'GET',
      path: 'criteriafields/:module',
      scope: 'criteriafields.READ',
      run: (call) => {
        const fields = modules.get(call.param('module')) ?? refuse(1006);
        return {
          kind: 'fixed',
          object: 'criteria_fields',
          data: print({ fields: fields.map(({ name, datatype, group }) => ({ datatype, group_name: group, field_name: name })) }),
        };
      },
    },
  ],
  load: (_seed, state) => state,
};
