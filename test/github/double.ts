/** A GitHub on this machine: as much of its API as this program uses, with pages, accounts and permissions. */
import { createServer, type IncomingMessage } from 'node:http';

export interface Comment {
  readonly id: number;
  readonly node_id: string;
  body: string;
  readonly html_url: string;
  readonly user: { readonly login: string };
  /** Who edited it last. */
  editor?: { readonly __typename: string; readonly login: string };
}

export interface Issue {
  readonly number: number;
  title: string;
  body: string;
  state: string;
  readonly labels: readonly string[];
  readonly html_url: string;
  readonly user: { readonly login: string };
  readonly comments: Comment[];
}

export interface CheckRun {
  readonly id: number;
  readonly html_url: string;
  readonly name: string;
  readonly head_sha: string;
  readonly conclusion: string;
  readonly annotations: Record<string, unknown>[];
}

export interface Pull {
  readonly number: number;
  readonly head: { readonly sha: string };
  readonly merged_at: string | null;
  readonly merge_commit_sha: string;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
}

export interface Double {
  readonly url: string;
  readonly token: string;
  /** Comments of pull requests, by their number. */
  readonly comments: Map<number, Comment[]>;
  readonly issues: Issue[];
  readonly checks: CheckRun[];
  /** Pull requests, by a commit that they brought. */
  readonly pulls: Map<string, Pull[]>;
  readonly asked: readonly Asked[];
  /** A comment by somebody. */
  readonly comment: (number: number, login: string, body: string) => void;
  /** Whose the token is; the token of a run may not ask. */
  user: string | undefined;
  /** Paths whose writes are refused with 403, as a token that may only read gets it. */
  refuse: RegExp | undefined;
  /** Answers to come, before anything is done (`lost: false`) or after it (`lost: true`). */
  readonly faults: { readonly method: string; readonly path: RegExp; readonly status: number; readonly done: 'before' | 'after'; readonly body?: string }[];
  readonly close: () => Promise<void>;
}

const bodyOf = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  const text = Buffer.concat(parts).toString('utf8');
  const value: unknown = text === '' ? {} : JSON.parse(text);
  return typeof value === 'object' && value !== null ? { ...value } : {};
};

const textIn = (body: Record<string, unknown>, key: string): string => {
  const value = body[key];
  return typeof value === 'string' ? value : '';
};

const listIn = (value: unknown): readonly Record<string, unknown>[] =>
  Array.isArray(value) ? value.map((one: unknown) => (typeof one === 'object' && one !== null ? { ...one } : {})) : [];

const bot = 'github-actions[bot]';

interface Answer {
  readonly status: number;
  readonly value: unknown;
  readonly list?: readonly unknown[];
}

const tooLong = (body: Record<string, unknown>): Answer | undefined =>
  [...textIn(body, 'body')].length > 65_536
    ? { status: 422, value: { message: 'Validation Failed: body is too long (maximum is 65536 characters)' } }
    : undefined;

export const openDouble = async (): Promise<Double> => {
  let next = 100;
  const id = (): number => {
    next += 1;
    return next;
  };
  const asked: Asked[] = [];
  const page = (path: string): string => `https://github.test/harbour/portal/${path}`;
  const commentOf = (login: string, body: string): Comment => {
    const made = id();
    return { id: made, node_id: `IC_${made}`, body, html_url: page(`comments/${made}`), user: { login } };
  };
  const double: Omit<Double, 'url' | 'close'> = {
    token: 'ghs_anchor_of_the_harbour',
    comments: new Map(),
    issues: [],
    checks: [],
    pulls: new Map(),
    asked,
    comment: (number, login, body) => {
      double.comments.set(number, [...(double.comments.get(number) ?? []), commentOf(login, body)]);
    },
    user: undefined,
    refuse: undefined,
    faults: [],
  };

  const add = (number: number, body: string): Comment => {
    const made = commentOf(bot, body);
    const issue = double.issues.find((one) => one.number === number);
    if (issue === undefined) double.comments.set(number, [...(double.comments.get(number) ?? []), made]);
    else issue.comments.push(made);
    return made;
  };

  const routes: readonly (readonly [string, RegExp, (match: RegExpExecArray, body: Record<string, unknown>, query: URLSearchParams) => Answer])[] = [
    [
      'POST',
      /^\/graphql$/,
      (_match, body) => {
        const [variables = {}] = listIn([body['variables']]);
        const found = [...double.comments.values()].flat().find(({ node_id }) => node_id === variables['id']);
        return { status: 200, value: { data: { viewer: { login: bot }, node: { editor: found?.editor ?? null } } } };
      },
    ],
    [
      'GET',
      /^\/user$/,
      () =>
        double.user === undefined
          ? { status: 403, value: { message: 'Resource not accessible by integration' } }
          : { status: 200, value: { login: double.user } },
    ],
    ['GET', /^\/issues\/(\d+)\/comments$/, ([, number]) => ({ status: 200, value: null, list: double.comments.get(Number(number)) ?? [] })],
    ['POST', /^\/issues\/(\d+)\/comments$/, ([, number], body) => tooLong(body) ?? { status: 201, value: add(Number(number), textIn(body, 'body')) }],
    [
      'PATCH',
      /^\/issues\/comments\/(\d+)$/,
      ([, number], body) => {
        const found = [...double.comments.values()].flat().find((one) => one.id === Number(number));
        if (found === undefined) return { status: 404, value: { message: 'Not Found' } };
        found.body = textIn(body, 'body');
        found.editor = { __typename: 'Bot', login: 'github-actions' };
        return tooLong(body) ?? { status: 200, value: found };
      },
    ],
    [
      'GET',
      /^\/issues$/,
      (_match, _body, query) => ({
        status: 200,
        value: null,
        list: double.issues.filter(({ state, labels }) => state === (query.get('state') ?? 'open') && labels.includes(query.get('labels') ?? '')),
      }),
    ],
    [
      'POST',
      /^\/issues$/,
      (_match, body) => {
        const number = id();
        const labels = Array.isArray(body['labels']) ? body['labels'].map(String) : [];
        const issue = {
          number,
          title: textIn(body, 'title'),
          body: textIn(body, 'body'),
          state: 'open',
          labels,
          html_url: page(`issues/${number}`),
          user: { login: bot },
          comments: [],
        };
        const refused = tooLong(body);
        if (refused !== undefined) return refused;
        double.issues.push(issue);
        return { status: 201, value: issue };
      },
    ],
    [
      'PATCH',
      /^\/issues\/(\d+)$/,
      ([, number], body) => {
        const issue = double.issues.find((one) => one.number === Number(number));
        if (issue === undefined) return { status: 404, value: { message: 'Not Found' } };
        for (const key of ['title', 'body', 'state'] as const) if (typeof body[key] === 'string') issue[key] = textIn(body, key);
        return { status: 200, value: issue };
      },
    ],
    [
      'POST',
      /^\/check-runs$/,
      (_match, body) => {
        const output = listIn([body['output']])[0] ?? {};
        const annotations = listIn(output['annotations']);
        if (annotations.length > 50) return { status: 422, value: { message: 'annotations: too many' } };
        const made = id();
        const check = {
          id: made,
          html_url: page(`runs/${made}`),
          name: textIn(body, 'name'),
          head_sha: textIn(body, 'head_sha'),
          conclusion: textIn(body, 'conclusion'),
          annotations: [...annotations],
        };
        double.checks.push(check);
        return { status: 201, value: check };
      },
    ],
    [
      'PATCH',
      /^\/check-runs\/(\d+)$/,
      ([, number], body) => {
        const check = double.checks.find((one) => one.id === Number(number));
        const output = listIn([body['output']])[0] ?? {};
        check?.annotations.push(...listIn(output['annotations']));
        return { status: 200, value: check ?? {} };
      },
    ],
    ['GET', /^\/commits\/([0-9a-f]+)\/pulls$/, ([, sha = '']) => ({ status: 200, value: null, list: double.pulls.get(sha) ?? [] })],
  ];

  /** Two on a page, so that every list has several. */
  const pageSize = 2;

  const server = createServer((request, response) => {
    void (async () => {
      const address = new URL(request.url ?? '/', 'http://double.test');
      const path = address.pathname.replace(/^\/repos\/harbour\/portal(?=\/)/, '');
      const method = request.method ?? '';
      const body = await bodyOf(request);
      const token = request.headers.authorization?.replace(/^(?:token|bearer) /i, '');
      asked.push({ method, path, token });
      const send = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): void => {
        response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
        response.end(JSON.stringify(value));
      };
      if (token !== double.token) return send(401, { message: 'Bad credentials' });
      const fault = double.faults.findIndex((one) => one.method === method && one.path.test(path));
      const [broken] = fault === -1 ? [] : double.faults.splice(fault, 1);
      const saying = { message: broken?.body ?? 'Server Error' };
      if (broken?.done === 'before') return send(broken.status, saying, { 'retry-after': '0' });
      if (method !== 'GET' && double.refuse?.test(path) === true) return send(403, { message: 'Resource not accessible by integration' });
      for (const [verb, pattern, answer] of routes) {
        const match = verb === method ? pattern.exec(path) : null;
        if (match === null) continue;
        const { status, value, list } = answer(match, body, address.searchParams);
        if (broken !== undefined) return send(broken.status, saying);
        if (list === undefined) return send(status, value);
        const number = Number(address.searchParams.get('page') ?? '1');
        const more = list.length > number * pageSize;
        const nextPage = new URL(address);
        nextPage.searchParams.set('page', String(number + 1));
        const link = `<http://${request.headers.host}${nextPage.pathname}${nextPage.search}>; rel="next"`;
        return send(status, list.slice((number - 1) * pageSize, number * pageSize), more ? { link } : {});
      }
      return send(404, { message: 'Not Found' });
    })();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return Object.assign(double, {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  });
};
