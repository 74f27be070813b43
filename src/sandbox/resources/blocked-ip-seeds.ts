/** Blocked IPs of a seed: `apps` by name make a row each, a row of a saved state has its `app_id`. */
import type { BlockedIp, IpComment } from '../content-state.ts';
import type { Section } from '../route.ts';
import { appNamed, freshId, knownKeys, operatorNamed, seedList } from '../seed-entry.ts';
import { child, elements, has, id, optional, type Spot, text } from '../spot.ts';
import type { PortalState } from '../state.ts';

export const loadBlockedIps: Section['load'] = (seed, state, birth) => {
  let at = state;
  const rows = seedList(child(seed, 'blocked_ips')).flatMap((entry): readonly BlockedIp[] => {
    knownKeys(entry, ['id', 'ip', 'status', 'blocked_by', 'app', 'apps', 'app_id', 'comments', 'comment', 'modified_time']);
    return seededApps(entry, at).map((app): BlockedIp => {
      const taken = freshId(entry, at);
      at = taken.state;
      const blockedBy = optional(child(entry, 'blocked_by'), id, birth.ownerId);
      const time = optional(child(entry, 'modified_time'), id, birth.now);
      const said = optional(child(entry, 'comment'), (spot): IpComment[] => [{ operator_id: blockedBy, time, text: text(spot) }], []);
      return {
        id: taken.id,
        ip: text(child(entry, 'ip')),
        status: optional(child(entry, 'status'), text, 'blocked'),
        blocked_by: blockedBy,
        app_id: app,
        comments: optional(child(entry, 'comments'), (spot) => elements(spot).map((one) => seededComment(one, at, blockedBy, time)), said),
        modified_time: time,
      };
    });
  });
  return { ...at, blocked_ips: rows };
};

/** Every app where none is named. */
const seededApps = (entry: Spot, state: PortalState): readonly string[] => {
  if (has(entry, 'app_id')) return [id(child(entry, 'app_id'))];
  if (has(entry, 'app')) return [appNamed(child(entry, 'app'), state)];
  return optional(
    child(entry, 'apps'),
    (spot) => elements(spot).map((name) => appNamed(name, state)),
    state.apps.map((app) => app.id),
  );
};

const seededComment = (spot: Spot, state: PortalState, by: string, time: string): IpComment => {
  knownKeys(spot, ['operator', 'operator_id', 'time', 'text']);
  const operator = child(spot, 'operator');
  return {
    operator_id: has(spot, 'operator') ? operatorNamed(operator, state) : optional(child(spot, 'operator_id'), id, by),
    time: optional(child(spot, 'time'), id, time),
    text: text(child(spot, 'text')),
  };
};
