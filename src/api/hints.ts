/** What to do about an error of the service: one line for each documented code (platform-and-people.md 1.4). */
import { bases, findEndpoints, scopesOf } from './endpoints.ts';

/** The call that was refused. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query, below the screenname. */
  readonly path: string;
  /**
   * `data` (the default): the data of the envelope and its kind. `whole`: the
   * envelope too. `bare`: the same, and a body without `data` is the data.
   * `file`: a body that is no JSON.
   */
  readonly wants?: 'data' | 'whole' | 'bare' | 'file';
}

const operations = { GET: 'READ', POST: 'CREATE', PUT: 'UPDATE', DELETE: 'DELETE' } as const;

/** From the table of calls; for what is not in it, a guess: scope names follow the paths, with exceptions (platform-and-people.md 1.6). */
const scopeHint = ({ method, path }: Call): string => {
  const bare = path.replace(/\?.*$/, '');
  const below = /^\/(api|visitor|v2)\//.test(bare) ? '' : bare.includes('{screenname}') || /^\/?(portals|encryptions)$/.test(bare) ? '/api/v2' : bases.portal;
  const [found] = findEndpoints(method, `${below}${bare}`);
  const module = /^\/?([^/?]*)/.exec(path)?.[1] ?? '';
  const scope = found === undefined ? `SalesIQ.${module}.${operations[method]}, if the scope is called like the path` : scopesOf(found.endpoint).join(' or ');
  return `The token lacks the scope for ${method} ${path}: ${scope}. Authorize the client again with it; a scope cannot be added to a token that exists.`;
};

const plan = 'The plan that the portal is on decides this: change the plan, or take the resource out of the files.';
const shape = 'The service does not accept this value at this place. Look at the field that it names, and at how the console shows it.';
const gone = 'There is nothing at this address. It may have been deleted since it was read: make a new plan.';

const hints: Readonly<Record<number, string | ((call: Call) => string)>> = {
  1001: 'This is a fault on the side of the service. Wait some minutes and run the command again.',
  1002: 'The service could not read the token. Check the credentials, or authorize the client again.',
  1004: 'The service does not know this method at this address. It may differ in this data centre or version.',
  1005: "Check `screenname` in salesiq.yaml (it stands in the console's address) and that the data centre is the one of the portal.",
  1006: 'The service does not know this address. Check the data centre, and the path if you wrote it.',
  1007: shape,
  1008: 'The token is not valid here. Check that it belongs to the data centre of the portal and was not revoked, then authorize the client again.',
  1009: scopeHint,
  1010: 'The service does not know this method at this address. It may differ in this data centre or version.',
  1011: 'A parameter of the call is missing or wrong. Look at the one that it names.',
  1014: 'There already is one of this name. Make a new plan: someone may have created it meanwhile; or choose another name.',
  1015: shape,
  1016: 'The operator whose token this is may not do this. Use the token of an administrator of the portal.',
  1017: `The portal has as many of these as it may have. ${plan}`,
  1018: 'The file that was sent is empty.',
  1019: gone,
  1020: 'The operator whose token this is does not belong to the portal, or is disabled.',
  1021: `The portal's plan does not have this. ${plan}`,
  1023: "The service has locked this machine's address because it was asked too often. Wait some minutes, and lower the rate.",
  1024: 'One of the operators is not known to the portal, or was removed since it was read: make a new plan.',
  1025: 'One of the departments is not known to the portal, or was removed since it was read: make a new plan.',
  1026: 'The service keeps the last one of these. Create another before this one is deleted.',
  1027: 'The file that was sent is larger than the service takes.',
  1028: 'The service does not take files of this type.',
  1029: 'The filter of the call is not one that the service knows.',
  1031: 'The service asks for more than was sent. Fill in the fields that its console marks as mandatory.',
  1054: 'The service did not accept a header of the call. Something between this machine and the service may have changed it.',
  1100: 'The new owner must be an administrator who owns no other portal.',
  1101: 'The operator is not of this portal.',
  1301: 'Every operator needs a department: put the operator into another one first.',
  1302: 'A private department cannot take over from a public one: name another department.',
};

/** Whether the page lists this code. */
export const isDocumented = (code: number): boolean => hints[code] !== undefined;

/** What a person can do about this code; nothing for codes that no page lists. */
export const hintFor = (code: number, call: Call): string | undefined => {
  const hint = hints[code];
  return typeof hint === 'function' ? hint(call) : hint;
};
