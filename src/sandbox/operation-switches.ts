/** Switches of what is called rather than configured: deliveries, callbacks, chats; part of switches.ts. */

export const operationChoices = {
  'webhook-probe': { values: ['on', 'off'], about: 'whether a receiver must answer HEAD with 200 to be accepted, or never has to (webhooks-and-more.md 2.2)' },
  'webhook-reach': {
    values: ['loopback', 'anywhere', 'nowhere'],
    about: 'which receivers are really called; the others count as answering with 200 (webhooks-and-more.md 2.5)',
  },
  'webhook-signing': { values: ['secured', 'always'], about: 'whether deliveries are signed for secured webhooks only, or all (webhooks-and-more.md 2.5)' },
  'webhook-envelope': {
    values: ['documented', 'observed', 'bare'],
    about: 'deliveries with version as text and app_id as number, as clients see them with a webhook key, or the bare content (webhooks-and-more.md 2.5)',
  },
  'webhook-without-apps': {
    values: ['all-apps', 'no-app'],
    about: 'whether a data webhook without apps hears of all apps, or of none (webhooks-and-more.md 2.2)',
  },
  'write-events': {
    values: ['silent', 'raised'],
    about: 'whether writes through the API raise the events of what they do; others raise them in the console (webhooks-and-more.md 2.4)',
  },
  'key-form': { values: ['base64', 'pem'], about: 'the text of a webhook key: bare Base64, or PEM (webhooks-and-more.md 2.5)' },
  'retried-executions': {
    values: ['gone', 'kept'],
    about: 'a failed execution that a later retry delivers is gone, or stays in the list (webhooks-and-more.md 2.3)',
  },
  'unreachable-status': { values: ['0', '408'], about: 'remote_server_status of a receiver that gave no answer (webhooks-and-more.md 2.3)' },
  'callback-method': { values: ['both', 'POST', 'PUT'], about: 'methods that callbacks take (webhooks-and-more.md 3)' },
  'callback-answer': { values: ['empty', 'none'], about: 'a callback is answered with empty data, or without a body (webhooks-and-more.md 3)' },
  'encrypted-text': { values: ['same', 'fresh'], about: 'whether one value is encrypted to the same text each time (webhooks-and-more.md 4)' },
  'chat-paging': { values: ['page', 'index'], about: 'conversations are paged by page, or by the index of clients (platform-and-people.md 1.8)' },
  'chat-more': { values: ['told', 'untold'], about: 'whether the list of conversations says that there are more (platform-and-people.md 1.8)' },
  'chat-answer': { values: ['echo', 'empty'], about: 'what undocumented writes to a conversation answer: the whole, or empty data (platform-and-people.md 9)' },
  'chat-states': {
    values: ['free', 'checked'],
    about:
      'whether picking up, passing on and closing take any chat, or only one in the state for it; others are refused with 1016 (platform-and-people.md 7.2)',
  },
  caller: {
    values: ['owner', 'other'],
    about: 'whose token it is: a call of another operator cannot change the owner and is refused with 1016 (platform-and-people.md 3)',
  },
  'visitor-token': { values: ['required', 'free'], about: 'whether calls below /visitor/v2 need a token (platform-and-people.md 7.4)' },
  'visitor-lists': { values: ['on', 'off'], about: 'whether the portal lets the API list visitors (platform-and-people.md 7.5)' },
} as const;

type Choices = typeof operationChoices;

export type OperationSwitches = { readonly [Name in keyof Choices]: Choices[Name]['values'][number] };

export const defaultOperationSwitches: OperationSwitches = {
  'webhook-probe': 'on',
  'webhook-reach': 'loopback',
  'webhook-signing': 'secured',
  'webhook-envelope': 'documented',
  'webhook-without-apps': 'all-apps',
  'write-events': 'silent',
  'key-form': 'base64',
  'retried-executions': 'gone',
  'unreachable-status': '0',
  'callback-method': 'both',
  'callback-answer': 'empty',
  'encrypted-text': 'same',
  'chat-paging': 'page',
  'chat-more': 'told',
  'chat-answer': 'echo',
  'chat-states': 'free',
  caller: 'owner',
  'visitor-token': 'required',
  'visitor-lists': 'on',
};
