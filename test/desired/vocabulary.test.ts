import { describe, expect, it } from 'vitest';
import { readOne, wordsOf } from './support/read.ts';

const criterion = (text: string) => readOne(`lead_scoring_rules:\n  - key: k\n    when: [${text}]\n`);

describe('words outside what is known', () => {
  it.each<[string, string, string]>([
    [
      'webhooks: [{ url: x, type: data, events: [tag.created, tag.creatd] }]\n',
      '?unknown-word a.yaml:1:56+10',
      '"tag.creatd" is not a known webhook event | Did you mean tag.created?',
    ],
    ['lead_score_decay: { frequency: monthly }\n', '?unknown-word a.yaml:1:32+7', '"monthly" is not a known frequency | Known are "yearly".'],
    ['trigger_rules: [{ title: Bell, app: Pier, event: { type: leaves } }]\n', '?unknown-word a.yaml:1:58+6', '"leaves" is not a known trigger event'],
    ['trigger_rules: [{ title: Bell, app: Pier, action: { type: glow_buton } }]\n', '?unknown-word a.yaml:1:59+10', 'Did you mean glow_button?'],
    [
      'visitor_routing_rules: [{ title: Bell, app: Pier, route: { dynamic_users: [nobody] } }]\n',
      '?unknown-word a.yaml:1:76+6',
      '"nobody" is not a known dynamic user',
    ],
  ])('%j', (text, place, words) => {
    const outcome = readOne(text);
    expect(outcome.findings).toEqual([place]);
    expect(wordsOf(outcome)[0]).toContain(words);
    expect(outcome.desired?.resources.length).toBe(1);
  });

  it('are errors where the run is strict', () => {
    const outcome = readOne('lead_score_decay: { frequency: monthly }\n', { strictness: 'strict' });
    expect(outcome.findings).toEqual(['unknown-word a.yaml:1:32+7']);
    expect(outcome.desired).toBeUndefined();
  });
});

describe('criteria', () => {
  it.each<[string, string, string]>([
    ['{ field: contry, comparator: is_equal_to }', '?unknown-word a.yaml:3:21+6', '"contry" is not a known field of criteria | Did you mean country?'],
    [
      '{ field: country, comparator: begins_with }',
      '?unknown-word a.yaml:3:42+11',
      'country is not known to be tested with "begins_with" | Known are "is_equal_to", "not_equals".',
    ],
    ['{ field: country, comparator: is_equel_to }', '?unknown-word a.yaml:3:42+11', '"is_equel_to" is not a known comparator | Did you mean is_equal_to?'],
    ['{ field: department, comparator: is_equel_to }', '?unknown-word a.yaml:3:45+11', '"is_equel_to" is not a known comparator | Did you mean is_equal_to?'],
    ['{ field: region, comparator: is_equal_to, values: [canada, europ] }', '?unknown-word a.yaml:3:71+5', '"europ" is not a known value of region'],
    [
      '{ any: [{ field: browser, comparator: is_equal_to }, { field: brwser, comparator: is_equal_to }] }',
      '?unknown-word a.yaml:3:74+6',
      'Did you mean browser?',
    ],
  ])('%s', (text, place, words) => {
    const outcome = criterion(text);
    expect(outcome.findings).toEqual([place]);
    expect(wordsOf(outcome)[0]).toContain(words);
  });

  it.each([
    '{ field: department, comparator: sounds_like }',
    '{ field: crm_deal, sub_field: No of Open Deals, comparator: is_equal_to, values: ["12"], integration: zohocrm }',
    '{ field: hubspot_deal, sub_field: Stage, comparator: is, values: [won], integration: hubspot }',
    '{ field: country, comparator: is_equal_to, values: [Atlantis] }',
    '{ field: region, comparator: not_equals, values: [canada] }',
  ])('%s is passed on', (text) => {
    expect(criterion(text).findings).toEqual([]);
  });

  it('each kind has its own fields', () => {
    const when = 'when: [{ field: current_page_url, comparator: is }]';
    expect(readOne(`lead_scoring_rules: [{ key: k, ${when} }]\n`).findings.length).toBe(1);
    expect(readOne(`trigger_rules: [{ title: Bell, app: Pier, ${when} }]\n`).findings).toEqual([]);
  });

  it('are not doubted where a placeholder could not be filled in', () => {
    expect(criterion('{ field: "${nope}", comparator: is }').findings).toEqual(['unknown-variable a.yaml:3:21+9']);
  });
});
