/** An accessibility check by axe-core, of everything that a page holds and not only of what is in sight. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Opens what is folded, and lays out what is out of sight: axe passes over what is not drawn. */
export const showAll = (page: Page): Promise<void> =>
  page.evaluate<void>(`
    for (const one of document.querySelectorAll('details')) one.open = true;
    for (const one of document.querySelectorAll('*')) {
      if (getComputedStyle(one).contentVisibility === 'auto') one.style.contentVisibility = 'visible';
    }
  `);

interface Checked {
  /** How many rules found something to look at, and no fault. */
  readonly passed: readonly string[];
  /** Serious and critical faults, and what stands outside every landmark, with where they are. */
  readonly faults: readonly string[];
}

/** @param rules all that axe has, where none are named */
export const check = async (page: Page, rules: readonly string[] = []): Promise<Checked> => {
  await page.evaluate(axe.source);
  const only = rules.length === 0 ? {} : { runOnly: { type: 'rule', values: rules } };
  // The result is cut down in the page: whole, it is as large as the page.
  return page.evaluate<Checked>(`
    axe.run(document, ${JSON.stringify({ resultTypes: ['violations'], preload: false, ...only })}).then(({ passes, violations }) => ({
      passed: passes.map(({ id }) => id),
      faults: violations
        .filter(({ id, impact }) => id === 'region' || impact === 'serious' || impact === 'critical')
        .flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map(({ html, failureSummary }) => [id, help, html.slice(0, 200), failureSummary].join('\\n'))),
    }))
  `);
};
