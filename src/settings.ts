/** (flags, environment) → settings. Pure: nothing is read, printed or opened here. */

import type { Portal } from './model/index.ts';
import { UserError } from './model/index.ts';

/** Variables of the environment, as given by the one file that may read them. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type Credentials =
  | { readonly kind: 'refresh'; readonly clientId: string; readonly clientSecret: string; readonly refreshToken: string }
  | { readonly kind: 'token'; readonly accessToken: string };

const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';

/** The variable that holds something of one portal: `SALESIQ_<PORTAL>_NAME` wins over `SALESIQ_NAME`; undefined where neither is set. */
export const portalVariableName = (environment: Environment, portal: string, name: string): string | undefined =>
  [`SALESIQ_${portalPart(portal)}_${name}`, `SALESIQ_${name}`].find((variable) => isSet(environment[variable]));

/** What belongs to one portal in the environment, from the variable that wins. */
export const portalVariable = (environment: Environment, portal: string, name: string): string | undefined => {
  const variable = portalVariableName(environment, portal, name);
  return variable === undefined ? undefined : environment[variable];
};

const portalPart = (portal: string): string => portal.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');

/** Credentials of a portal. A full set for refreshing wins over a bare access token. Throws UserError that names what is missing. */
export const credentialsOf = (environment: Environment, portal: string): Credentials => {
  const clientId = portalVariable(environment, portal, 'CLIENT_ID');
  const clientSecret = portalVariable(environment, portal, 'CLIENT_SECRET');
  const refreshToken = portalVariable(environment, portal, 'REFRESH_TOKEN');
  if (clientId !== undefined && clientSecret !== undefined && refreshToken !== undefined) return { kind: 'refresh', clientId, clientSecret, refreshToken };
  const accessToken = portalVariable(environment, portal, 'ACCESS_TOKEN');
  if (accessToken !== undefined) return { kind: 'token', accessToken };
  const given = { SALESIQ_CLIENT_ID: clientId, SALESIQ_CLIENT_SECRET: clientSecret, SALESIQ_REFRESH_TOKEN: refreshToken };
  const missing = Object.entries(given)
    .filter(([, value]) => value === undefined)
    .map(([name]) => name);
  throw new UserError(`no credentials for the portal "${portal}": ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set`, {
    hint: 'Set them in the environment (or SALESIQ_ACCESS_TOKEN alone); the README tells how to get them.',
  });
};

/** Names of variables that hold secrets, whatever the portal; GitHub's token is among them. */
const secretName = /^(?:SALESIQ_(?:.*_)?(?:CLIENT_SECRET|REFRESH_TOKEN|ACCESS_TOKEN)|GITHUB_TOKEN|GH_TOKEN)$/;

/** Every secret that the environment holds for this program: none of them may be printed. */
export const secretsOf = (environment: Environment): readonly string[] =>
  Object.entries(environment).flatMap(([name, value]) => (secretName.test(name) && value !== undefined && value !== '' ? [value] : []));

/** The portal that a command is about. Throws UserError where it is not clear. */
export const choosePortal = (portals: Readonly<Record<string, Portal>>, asked: string | undefined): Portal => {
  const names = Object.keys(portals);
  const name = asked ?? (names.length === 1 ? names[0] : undefined);
  const portal = name === undefined ? undefined : Object.hasOwn(portals, name) ? portals[name] : undefined;
  if (portal !== undefined) return portal;
  const known = names.map((one) => `"${one}"`).join(', ');
  throw new UserError(asked === undefined ? `salesiq.yaml has ${names.length} portals: ${known}` : `salesiq.yaml has no portal "${asked}"`, {
    hint: asked === undefined ? 'Say which with --portal NAME.' : `It has ${known}.`,
  });
};

/** The folder where access tokens are kept between commands; undefined where none shall be: in CI, unless asked for. */
export const tokenFolder = (environment: Environment, home: string): string | undefined => {
  const asked = environment['SALESIQ_TOKEN_CACHE'];
  if (asked === 'off') return undefined;
  if (asked !== undefined && asked !== '') return asked;
  const ci = environment['CI'];
  if (ci !== undefined && ci !== '' && ci !== 'false' && ci !== '0') return undefined;
  const cache = environment['XDG_CACHE_HOME'];
  return `${cache === undefined || cache === '' ? `${home}/.cache` : cache}/salesiq-sync`;
};

/** The folder of the locks that keep two applies to one portal apart, whatever folder they run in. */
export const lockFolder = (environment: Environment, home: string): string => {
  const cache = environment['XDG_CACHE_HOME'];
  return `${cache === undefined || cache === '' ? `${home}/.cache` : cache}/salesiq-sync/locks`;
};

/** The default pace in requests a minute: the service documents no figure (platform-and-people.md 1.7). */
export const defaultRate = 100;

/** How many requests go at once before the pace holds them back: what `api/` uses. */
const burst = 15;

/** Seconds that so many calls take at a pace; 0 requests a minute means no limit. */
export const estimateSeconds =
  (ratePerMinute: number) =>
  (calls: number): number => {
    const travel = calls * (ratePerMinute === 0 ? 0.005 : 0.2);
    const held = ratePerMinute === 0 ? 0 : (Math.max(0, calls - burst) * 60) / ratePerMinute;
    return Math.ceil(Math.max(travel, held));
  };
