/** Who belongs to a department, and to whom its people, apps and rules go when it is deleted. */
import { refuse } from '../refusal.ts';
import type { Operator, PortalState } from '../state.ts';

export const members = (state: PortalState, department: string): readonly Operator[] =>
  state.operators.filter((operator) => !operator.is_deleted && operator.departments.includes(department));

/** The state in which exactly these operators belong to the department; nobody may end up without one (1301). */
export const staffed = (state: PortalState, department: string, operators: readonly string[], now: number): PortalState => ({
  ...state,
  operators: state.operators.map((operator) => {
    const belongs = operator.departments.includes(department);
    if (belongs === operators.includes(operator.id) || operator.is_deleted) return operator;
    const departments = belongs ? operator.departments.filter((other) => other !== department) : [...operator.departments, department];
    return departments.length === 0 ? refuse(1301) : { ...operator, departments, modified_time: String(now) };
  }),
});

/** The state in which nobody belongs to the department. */
export const unstaffed = (state: PortalState, department: string): PortalState => ({
  ...state,
  operators: state.operators.map((operator) => ({ ...operator, departments: operator.departments.filter((other) => other !== department) })),
});

/** The state in which an heir stands wherever the department stood. */
export const inherited = (state: PortalState, from: string, to: string): PortalState => {
  const pass = (list: readonly string[]): string[] => [...new Set(list.map((known) => (known === from ? to : known)))];
  const routed = <R extends PortalState['visitor_routing_rules'][number]>(rules: readonly R[]): R[] =>
    rules.map((rule) =>
      rule.userset.some((set) => set.department_ids.includes(from))
        ? { ...rule, userset: rule.userset.map((set) => ({ ...set, department_ids: pass(set.department_ids) })) }
        : rule,
    );
  return {
    ...state,
    operators: state.operators.map((operator) => ({ ...operator, departments: pass(operator.departments) })),
    apps: state.apps.map((app) => ({ ...app, departments: pass(app.departments) })),
    visitor_routing_rules: routed(state.visitor_routing_rules),
    chat_routing_rules: routed(state.chat_routing_rules),
    call_routing_rules: routed(state.call_routing_rules),
    articles: state.articles.map((row) => (row.department_id === from ? { ...row, department_id: to } : row)),
    canned_responses: state.canned_responses.map((row) => (row.department_id === from ? { ...row, department_id: to } : row)),
  };
};
