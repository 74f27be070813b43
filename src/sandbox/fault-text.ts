/**
 * Faults as text, for the command line:
 *
 *     EFFECT[:METHOD[ /path]][:option=value]…
 *
 *     reset-after:POST /visitorroutingrules:nth=2
 *     error=1023:ANY:p=0.1
 *     delay=200+status=503:GET /webhooks:times=3
 *     lock=10:PUT /triggerrules/*          1023 for this and the next 9 requests
 *     lock=300ms:WRITE                     1023 for 300 ms
 *     list-lag=2000:POST
 *     redirect=http://127.0.0.1:9/else:GET /apps$
 *
 * EFFECT: error=CODE, status=STATUS, reset-before, reset-after, cut-body, html,
 * redirect=ADDRESS, lock=COUNT or lock=TIMEms, list-lag=MS, delay=MS alone or
 * delay=MS+EFFECT. METHOD: GET, POST, PUT, DELETE, WRITE or ANY; the path is
 * described at `FaultMatch`. Options: nth=N or nth=N-M, p=0..1, times=N.
 */
import type { Effect, Fault } from './fault.ts';

export type ParsedFault = { readonly value: Fault } | { readonly error: string };

/** A fault from its text, or what is wrong with it. */
export const parseFault = (input: string): ParsedFault => {
  const { rest: withoutOptions, options } = takeOptions(input.trim());
  const unknown = options.find(([name, value]) => !(optionForms[name]?.test(value) ?? false));
  if (unknown !== undefined)
    return { error: `'${unknown[0]}=${unknown[1]}' in fault '${input}' is not an option: there are nth=N, nth=N-M, p=0..1 and times=N` };
  const [, effectText = '', method, path] = /^(.*?)(?::(GET|POST|PUT|DELETE|WRITE|ANY)(?: (\/\S*))?)?$/.exec(withoutOptions) ?? [];
  const effect = effectOf(effectText);
  if (effect === undefined)
    return { error: `'${effectText}' in fault '${input}' is not an effect: write for example reset-after:POST /visitorroutingrules:nth=2` };
  const value = (name: string): string | undefined => options.find(([known]) => known === name)?.[1];
  const [p, times, nth] = [value('p'), value('times'), value('nth')];
  const match = {
    ...(method === undefined || method === 'ANY' ? {} : { method }),
    ...(path === undefined ? {} : { path }),
    ...(nth === undefined ? {} : { nth: turns(nth) }),
  };
  return {
    value: {
      ...(Object.keys(match).length === 0 ? {} : { match }),
      ...(p === undefined ? {} : { probability: Number(p) }),
      ...(times === undefined ? {} : { times: Number(times) }),
      effect,
    },
  };
};

const optionForms: Readonly<Record<string, RegExp>> = { nth: /^[1-9]\d*(-[1-9]\d*)?$/, p: /^(0?\.\d+|0|1|1\.0)$/, times: /^[1-9]\d*$/ };

/** Options stand at the end, so that an address before them may hold colons. */
const takeOptions = (input: string): { readonly rest: string; readonly options: readonly (readonly [string, string])[] } => {
  const [, rest, name, value] = /^(.*):([a-z]+)=([^:/=]*)$/.exec(input) ?? [];
  if (rest === undefined || name === undefined || value === undefined) return { rest: input, options: [] };
  const before = takeOptions(rest);
  return { rest: before.rest, options: [...before.options, [name, value]] };
};

const turns = (text: string): number | readonly [number, number] => {
  const [from, to] = text.split('-').map(Number);
  return to === undefined ? (from ?? 1) : [from ?? 1, to];
};

const effectOf = (text: string): Effect | undefined => {
  const [, name = '', value = ''] = /^([a-z-]+)(?:=(.*))?$/.exec(text) ?? [];
  if (name === 'delay') return delayOf(value);
  if (name === 'redirect') return URL.canParse(value) ? { kind: 'redirect', location: value } : undefined;
  if (name === 'lock' && /^\d+ms$/.test(value)) return { kind: 'lock', ms: Number.parseInt(value, 10) };
  if (value === '') return plainEffects[name];
  return /^\d+$/.test(value) ? countedEffects[name]?.(Number(value)) : undefined;
};

const delayOf = (value: string): Effect | undefined => {
  const [, ms, after] = /^(\d+)(?:\+(.*))?$/.exec(value) ?? [];
  if (ms === undefined) return undefined;
  if (after === undefined) return { kind: 'delay', ms: Number(ms) };
  const then = effectOf(after);
  return then === undefined ? undefined : { kind: 'delay', ms: Number(ms), then };
};

const plainEffects: Readonly<Record<string, Effect>> = {
  'reset-before': { kind: 'reset', when: 'before' },
  'reset-after': { kind: 'reset', when: 'after' },
  'cut-body': { kind: 'cut-body' },
  html: { kind: 'html' },
};

const countedEffects: Readonly<Record<string, (count: number) => Effect>> = {
  error: (code) => ({ kind: 'error', code }),
  status: (status) => ({ kind: 'status', status }),
  lock: (requests) => ({ kind: 'lock', requests }),
  'list-lag': (ms) => ({ kind: 'list-lag', ms }),
};
