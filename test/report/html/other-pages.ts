/** Pages that are no plan: of a failure, of a run, of several portals; each with one text wherever texts of others stand. */
import { failurePage } from '../../../src/report/html/failure-page.ts';
import { portalsPage } from '../../../src/report/html/portals-page.ts';
import { type RunReport, type RunRequest, runPage } from '../../../src/report/html/run-page.ts';

const troubleOf = (text: string) => ({
  message: `${text}\n${text}`,
  code: 1018,
  field: text,
  method: 'PUT',
  path: `/visitorroutingrules/${text}`,
  hint: text,
});

export const failureOf = (text: string): string =>
  failurePage({
    portal: text,
    error: troubleOf(text),
    diagnostics: [{ severity: 'error', code: text, message: text, hint: text, origin: { file: text, line: 2, column: 3, length: 4 } }],
    sources: () => `first\n  ${text}\n`,
    linkBase: 'https://github.com/acme/support/blob/1f2e3d',
  });

const requestOf = (state: RunRequest['state'], text: string): RunRequest => ({
  at: Date.UTC(2026, 10, 24, 9, 30),
  action: 'update',
  address: text,
  call: `PUT /visitorroutingrules/${text}`,
  body: { name: text, rules: [text] },
  state,
  ...(state === 'landed' ? { milliseconds: 134, answer: { data: text } } : {}),
  ...(state === 'failed' ? { milliseconds: 2134, error: troubleOf(text) } : {}),
  notes: [text],
});

export const runOf = (text: string): string => {
  const report: RunReport = {
    run: text,
    portal: text,
    startedAt: Date.UTC(2026, 10, 24, 9, 30),
    endedAt: Date.UTC(2026, 10, 24, 9, 31),
    verdict: 'unfinished',
    sentence: text,
    fingerprint: text,
    outcomes: [
      { address: text, action: 'update', state: 'applied' },
      { address: text, action: 'create', state: 'failed', error: troubleOf(text) },
      { address: text, action: 'move', state: 'not_tried' },
      { address: text, action: 'delete', state: 'unknown', error: troubleOf(text) },
    ],
    outcomesFrom: 'derived',
    requests: (['landed', 'failed', 'unknown', 'open', 'unsent'] as const).map((state) => requestOf(state, text)),
    steps: [{ text, command: text }, { text }],
  };
  return runPage(report);
};

export const portalsOf = (text: string): string =>
  portalsPage(
    (['settled', 'changes', 'blocked', 'failed'] as const).map((standing) => ({ portal: text, standing, error: troubleOf(text), page: `${text}.html` })),
  );
