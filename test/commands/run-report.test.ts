import { describe, expect, it } from 'vitest';
import type { JournalLine, Run } from '../../src/apply/index.ts';
import { runReport } from '../../src/commands/run-report.ts';
import { runPage } from '../../src/report/index.ts';
import { expectSound, wordsOf } from './pages.ts';

const kind = 'visitor_routing_rules/Harbour shop';
const about = (action: string, name: string) => ({ action, address: `${kind}/${name}` });
const put = (id: string) => ({ method: 'PUT', path: `/visitorroutingrules/${id}`, body: { title: 'Norway' } }) as const;

const changes = ['Norway', 'Chile', 'Peru', 'Oslo'].map((name) => about('update', name));
const planned: JournalLine = { at: 1000, event: 'planned', portal: 'production', note: 'f1n9er', changes };
const sent = (name: string, at: number): JournalLine => ({ at, event: 'sent', ...about('update', name), request: put(name) });
const came = (event: 'landed' | 'failed' | 'unknown' | 'verified', name: string, at: number, more: Partial<JournalLine> = {}): JournalLine => ({
  at,
  event,
  ...about('update', name),
  ...more,
});

const runOf = (...lines: readonly JournalLine[]): Run => ({
  run: '20261124T200000Z-abcdef',
  portal: 'production',
  startedAt: 1000,
  lines: [planned, ...lines],
  finished: lines.some(({ event }) => event === 'finished'),
});

const report = (...lines: readonly JournalLine[]) => runReport(runOf(...lines), (text) => text);
const statesIn = ({ outcomes }: ReturnType<typeof runReport>): readonly string[] => outcomes.map(({ state }) => state);
const commandsIn = ({ steps }: ReturnType<typeof runReport>): readonly string[] => steps.flatMap(({ command }) => command?.split(' ')[1] ?? []);

const refused = { message: 'the service answered 1018', code: 1018, field: 'rules', hint: 'Say what it should be.', method: 'PUT', path: '/x' } as const;

describe('the report of a run', () => {
  it('takes what became of each change from the last line, where the run came so far', () => {
    const outcomes = changes.map((change) => ({ ...change, action: 'update' as const, state: 'applied' as const }));
    const told = report(sent('Norway', 1100), came('landed', 'Norway', 1140), { at: 3500, event: 'finished', note: 'settled', outcomes });
    expect(told).toMatchObject({ verdict: 'done', sentence: '4 applied, and read back.', outcomesFrom: 'recorded', endedAt: 3500 });
    expect(told.requests).toMatchObject([{ state: 'landed', milliseconds: 40, call: 'PUT /visitorroutingrules/Norway' }]);
    expect(commandsIn(told)).toEqual(['rollback']);
  });

  it('never calls applied what a run that was cut off did not read back', () => {
    const told = report(
      sent('Norway', 1100),
      came('landed', 'Norway', 1140),
      sent('Chile', 1200),
      came('failed', 'Chile', 1210, { error: refused }),
      sent('Peru', 1300),
    );
    expect(told).toMatchObject({ verdict: 'unfinished', outcomesFrom: 'derived' });
    expect(statesIn(told)).toEqual(['unknown', 'failed', 'unknown', 'not_tried']);
    expect(told.outcomes[1]?.error).toMatchObject({ code: 1018, field: 'rules' });
    expect(told.requests.map(({ state }) => state)).toEqual(['landed', 'failed', 'open']);
    expect(commandsIn(told)).toEqual(['plan', 'apply', 'rollback']);
  });

  it('tells old runs by their last words on each change', () => {
    const told = report(
      sent('Norway', 1100),
      came('landed', 'Norway', 1140),
      sent('Chile', 1200),
      came('unknown', 'Chile', 1210, { error: { message: 'the connection broke' } }),
      came('landed', 'Chile', 1300, { note: 'found by reading' }),
      sent('Peru', 1400),
      came('failed', 'Peru', 1400, { error: refused, note: 'not sent' }),
      came('verified', 'Norway', 1500, { note: 'read back' }),
      { at: 1600, event: 'finished', note: 'not settled' },
    );
    expect(statesIn(told)).toEqual(['applied', 'applied', 'not_tried', 'not_tried']);
    expect(told.requests.map(({ state }) => state)).toEqual(['landed', 'landed', 'unsent']);
    expect(told.requests[1]?.notes).toEqual(['found by reading']);
    expect(told).toMatchObject({ verdict: 'failed', sentence: '2 applied, 2 not tried.' });
  });

  it('offers no way back where nothing was written', () => {
    const told = report(sent('Norway', 1100), came('failed', 'Norway', 1140, { error: refused }), { at: 1200, event: 'finished', note: 'not settled' });
    expect(commandsIn(told)).toEqual(['plan', 'apply']);
  });

  it('names the portal so that a shell takes it as one word', () => {
    const run = runOf(sent('Norway', 1100));
    expect(runReport({ ...run, portal: "a'; rm -rf ~" }, (text) => text).steps[0]?.command).toBe(`salesiq-sync plan --portal='a'\\''; rm -rf ~'`);
  });
});

describe('the page of a run', () => {
  const page = (...lines: readonly JournalLine[]): string => runPage(report(...lines));

  it('shows every request with its answer, errors in full, open writes and the next step', () => {
    const text = page(
      sent('Norway', 1100),
      came('landed', 'Norway', 1140, { answer: { data: { id: '7', title: 'Norway' } } }),
      sent('Chile', 1200),
      came('failed', 'Chile', 1210, { error: refused }),
      sent('Peru', 1300),
    );
    expectSound(text);
    const words = wordsOf(text);
    for (const part of [
      'Not finished',
      '3 requests sent: 1 landed, 1 failed, 1 unknown.',
      '1970-01-01 00:00:01 UTC',
      'Open: 1 write',
      'code 1018, field "rules"',
      'Say what it should be.',
      '"id": "7"',
      'no answer written down',
      'salesiq-sync rollback 20261124T200000Z-abcdef',
    ])
      expect(words).toContain(part);
    expect(text.match(/<details class="request">/g)?.length).toBe(3);
    expect(page(sent('Norway', 1100))).toBe(page(sent('Norway', 1100)));
  });

  it('keeps markup, and what steers a page, as text; and hides what is hidden', () => {
    const name = '</script><script>alert(1)</script>\u202e';
    const lines: readonly JournalLine[] = [
      { at: 1, event: 'planned', portal: '<i>', note: '<u>', changes: [about('delete', name)] },
      {
        at: 2,
        event: 'sent',
        ...about('delete', name),
        request: { method: 'DELETE', path: `/x/${name}`, query: { q: '"><img>' }, body: { '<k>': 'h1dden "quoted" <v>\u202e' } },
      },
      { at: 3, event: 'failed', ...about('delete', name), error: { message: `no <b>\nh1dden`, hint: '<em>', field: '<f>', path: '<q>', method: '<m>' } },
    ];
    const run: Run = { run: 'r1', portal: '<i>', startedAt: 1, lines, finished: false };
    const text = runPage(runReport(run, (one) => one.replaceAll('h1dden', '***')));
    expectSound(text);
    expect(text).not.toMatch(/<(img|em|[biuvkfmq])[\s>]/i);
    expect(text).not.toContain('\u202e');
    expect(text).not.toContain('h1dden');
    expect(wordsOf(text)).toContain('"<k>": "*** \\"quoted\\" <v>\\u202e"');
  });
});
