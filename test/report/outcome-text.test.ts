import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceError, UserError } from '../../src/model/index.ts';
import { errorText, outcomeText } from '../../src/report/index.ts';
import { anyOutcome, anyText } from './any-plan.ts';
import { harbourOutcomes } from './harbour-plan.ts';
import { unprintable, withoutColour } from './terminal.ts';

describe('what became of the changes', () => {
  it('says it of each, with what the service said, and counts', () => {
    expect(outcomeText(harbourOutcomes, 'plain')).toMatchInlineSnapshot(`
      "  ✓ create   visitor_routing_rules/Harbour desk/VIP Europe    applied
        ✗ update   visitor_routing_rules/Harbour desk/Night watch   failed
            Invalid value (code 1018, field "rules")
            PUT /visitorroutingrules/9007199254740914
            See whether the hour is one that the portal offers.
        ? create   webhooks/data \${env:HOOK}/quay                   unknown
            the connection was reset
            POST /webhooks
        · update   lead_score_decay                                 not tried

      Outcome: 1 applied, 1 failed, 1 not tried, 1 unknown.
      Unknown: no clear answer came, or a part was not sent or not read back; all or some of it may have landed. Run plan to see what is left."
    `);
  });

  it('does not speak of failures where there are none', () => {
    expect(outcomeText(harbourOutcomes.slice(0, 1), 'plain').split('\n').at(-1)).toBe('Outcome: 1 applied.');
    expect(outcomeText([], 'plain')).toBe('Outcome: 0 applied.');
  });

  it('sends nothing to a terminal but glyphs and line breaks, and is the same in colour', () => {
    fc.assert(
      fc.property(fc.array(anyOutcome, { maxLength: 5 }), (outcomes) => {
        const text = outcomeText(outcomes, 'plain');
        expect(unprintable(text)).toBeUndefined();
        expect(withoutColour(outcomeText(outcomes, 'colour'))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});

describe('an error that ended a command', () => {
  it('says what, where and what to do', () => {
    const error = new ServiceError('Invalid value', { method: 'PUT', path: '/visitorroutingrules/7', code: 1018, field: 'rules', hint: 'Look at\nthe hours.' });
    expect(errorText(error, 'plain')).toBe('Error: Invalid value (code 1018, field "rules")\n  PUT /visitorroutingrules/7\n  Look at\n  the hours.');
  });

  it('is one line where there is no more to say', () => {
    expect(errorText(new UserError('no salesiq.yaml here'), 'plain')).toBe('Error: no salesiq.yaml here');
  });

  it('sends nothing to a terminal but glyphs and line breaks', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (message, path, hint) => {
        expect(unprintable(errorText({ message, method: 'GET', path, hint, field: path }, 'plain'))).toBeUndefined();
      }),
    );
  });
});
