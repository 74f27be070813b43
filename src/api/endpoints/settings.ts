/** Apps, blocked addresses, chat monitors and tags (webhooks-and-more.md 5 to 7 and 12). */
import type { WrittenSection } from './endpoint.ts';

const page = 'webhooks-and-more.md';

export const apps = {
  section: 'Apps',
  page,
  endpoints: [
    { name: 'apps.list', method: 'GET', path: '/apps', scope: 'SalesIQ.apps.READ', query: ['last_sync_time'], at: '5', doc: 'Lists the apps (brands).' },
    { name: 'apps.create', method: 'POST', path: '/apps', scope: 'SalesIQ.apps.CREATE', contentType: 'json', at: '5', doc: 'Adds an app.' },
    {
      name: 'apps.update',
      method: 'PUT',
      path: '/apps/{id}',
      scope: 'SalesIQ.apps.UPDATE',
      contentType: 'json',
      at: '5',
      doc: 'Changes an app, switches it on or off.',
    },
    { name: 'apps.delete', method: 'DELETE', path: '/apps/{id}', scope: 'SalesIQ.apps.DELETE', at: '5', doc: 'Deletes an app.' },
  ],
} as const satisfies WrittenSection;

export const blockedIps = {
  section: 'Blocked IPs',
  page,
  endpoints: [
    // Neither a usual nor a largest number is known; twenty is what the neighbours give.
    {
      name: 'blockedIps.list',
      method: 'GET',
      path: '/blockedips',
      scope: 'SalesIQ.blockedips.READ',
      paging: { by: 'index', first: 1, usual: 20 },
      query: ['limit', 'index'],
      at: '6',
      doc: 'Lists the blocked addresses.',
    },
    { name: 'blockedIps.get', method: 'GET', path: '/blockedips/{id}', scope: 'SalesIQ.blockedips.READ', at: '6', doc: 'Shows one blocked address.' },
    {
      name: 'blockedIps.create',
      method: 'POST',
      path: '/blockedips',
      scope: 'SalesIQ.blockedips.CREATE',
      contentType: 'json',
      at: '6',
      doc: 'Blocks an address, for all apps or for some.',
    },
    {
      name: 'blockedIps.setStatus',
      method: 'PUT',
      path: '/blockedips/{id}',
      scope: 'SalesIQ.blockedips.UPDATE',
      contentType: 'json',
      at: '6',
      doc: 'Blocks, unblocks, approves or rejects.',
      also: [{ path: '/blockedips', why: 'the page names no id at all, so it does not tell which address is meant' }],
    },
    {
      name: 'blockedIps.comments.add',
      method: 'POST',
      path: '/blockedips/{id}/comments',
      scope: 'SalesIQ.blockedips.CREATE',
      contentType: 'json',
      at: '6',
      doc: 'Writes a comment on a blocked address.',
    },
    { name: 'blockedIps.delete', method: 'DELETE', path: '/blockedips/{id}', scope: 'SalesIQ.blockedips.DELETE', at: '6', doc: 'Deletes a blocked address.' },
  ],
} as const satisfies WrittenSection;

export const chatMonitors = {
  section: 'Chat monitors',
  page,
  endpoints: [
    {
      name: 'chatMonitors.list',
      method: 'GET',
      path: '/chatmonitors',
      scope: 'SalesIQ.chatmonitors.READ',
      paging: { by: 'index', first: 1, usual: 50, most: 50 },
      query: ['index', 'limit'],
      at: '7',
      doc: 'Lists the chat monitors.',
    },
    { name: 'chatMonitors.get', method: 'GET', path: '/chatmonitors/{id}', scope: 'SalesIQ.chatmonitors.READ', at: '7', doc: 'Shows one chat monitor.' },
    {
      name: 'chatMonitors.create',
      method: 'POST',
      path: '/chatmonitors',
      scope: 'SalesIQ.chatmonitors.CREATE',
      contentType: 'json',
      at: '7',
      doc: 'Monitors the chats of an operator or visitor.',
    },
    {
      name: 'chatMonitors.setEnabled',
      method: 'PUT',
      path: '/chatmonitors/{id}',
      scope: 'SalesIQ.chatmonitors.UPDATE',
      contentType: 'json',
      at: '7',
      doc: 'Switches a chat monitor on or off.',
    },
    {
      name: 'chatMonitors.delete',
      method: 'DELETE',
      path: '/chatmonitors/{id}',
      scope: 'SalesIQ.chatmonitors.DELETE',
      at: '7',
      doc: 'Deletes a chat monitor.',
    },
    {
      name: 'chatMonitors.counts',
      method: 'GET',
      path: '/counts',
      scope: 'SalesIQ.counts.READ',
      fixed: { resource: 'chatmonitors' },
      at: '7',
      doc: 'Counts the chat monitors by type.',
    },
  ],
} as const satisfies WrittenSection;

export const tags = {
  section: 'Tags',
  page,
  endpoints: [
    {
      name: 'tags.list',
      method: 'GET',
      path: '/tags',
      scope: 'SalesIQ.tags.READ',
      query: ['module'],
      at: '12',
      doc: 'Lists the tags, of one module or of all.',
    },
    { name: 'tags.create', method: 'POST', path: '/tags', scope: 'SalesIQ.tags.CREATE', contentType: 'json', at: '12', doc: 'Creates a tag.' },
    {
      name: 'tags.update',
      method: 'PUT',
      path: '/tags/{id}',
      scope: 'SalesIQ.tags.UPDATE',
      contentType: 'json',
      at: '12',
      doc: 'Changes name or colour of a tag.',
    },
    {
      name: 'tags.archive',
      method: 'POST',
      path: '/tags/{id}/archives',
      scope: 'SalesIQ.tags.CREATE',
      at: '12',
      doc: 'Puts a tag into the archive.',
    },
    {
      name: 'tags.unarchive',
      method: 'DELETE',
      path: '/tags/{id}/archives',
      scope: 'SalesIQ.tags.DELETE',
      at: '12',
      inferred: true,
      doc: 'Takes a tag out of the archive; no page shows it, it is the natural twin.',
    },
    { name: 'tags.delete', method: 'DELETE', path: '/tags/{id}', scope: 'SalesIQ.tags.DELETE', at: '12', doc: 'Deletes a tag.' },
    {
      name: 'tags.records.add',
      method: 'PUT',
      path: '/{module}/{record_id}/tags',
      scope: 'SalesIQ.conversations.UPDATE',
      contentType: 'json',
      at: '12',
      doc: 'Tags a conversation, visitor, contact or company.',
      also: [
        { scope: 'SalesIQ.visitors.UPDATE', why: 'where the module is visitors or contacts' },
        { scope: 'SalesIQ.companies.UPDATE', why: 'where the module is companies' },
      ],
    },
    {
      name: 'tags.records.remove',
      method: 'DELETE',
      path: '/{module}/{record_id}/tags',
      scope: 'SalesIQ.conversations.DELETE',
      query: ['id'],
      at: '12',
      doc: 'Takes tags from a conversation, visitor, contact or company.',
      also: [
        { scope: 'SalesIQ.visitors.DELETE', why: 'where the module is visitors or contacts' },
        { scope: 'SalesIQ.companies.DELETE', why: 'where the module is companies' },
      ],
    },
  ],
} as const satisfies WrittenSection;
