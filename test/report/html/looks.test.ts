/** Every sort of page in a real browser: quiet, asking for nothing, for everybody to read. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { planPage } from '../../../src/report/html/plan-page.ts';
import { check, showAll } from './axe.ts';
import { everyPage } from './every-page.ts';
import { blockedPlan, openPlan } from './pages.ts';
import { withBrowser } from './with-browser.ts';

/** The colours of everything, in the order of the page. */
const coloursOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(`[...document.querySelectorAll('body, body *')].map((one) => {
    const { color, backgroundColor, borderTopColor, stroke } = getComputedStyle(one);
    return [one.localName, color, backgroundColor, borderTopColor, stroke].join(' ');
  })`);

/** Whatever else is told apart by colour, it is held at once in both schemes. */
const wholeRules = ['color-contrast', 'document-title', 'html-has-lang', 'landmark-one-main', 'page-has-heading-one', 'bypass'];

withBrowser('the looks of pages', (browser) => {
  it.each(Object.entries(everyPage))(
    '%s is quiet, asks for nothing, and has no serious fault of accessibility, on a desk in light, on a phone in dark colours',
    async (_name, make) => {
      const { page, faults, asked } = await browser().open(make());
      await page.locator('html[data-ready]').waitFor();
      await showAll(page);

      const light = await check(page);
      expect(light.faults).toEqual([]);
      expect(light.passed).toEqual(expect.arrayContaining(wholeRules));

      await page.emulateMedia({ colorScheme: 'dark' });
      await page.setViewportSize({ width: 360, height: 740 });
      const dark = await check(page, ['color-contrast', 'target-size', 'scrollable-region-focusable']);
      expect(dark.faults).toEqual([]);
      expect(dark.passed).toContain('color-contrast');
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);

      expect({ faults, asked }).toEqual({ faults: [], asked: [page.url()] });
    },
  );

  it('follows the colours of the system, and those that are chosen on the page before them', async () => {
    const { page } = await browser().open(planPage(blockedPlan));
    const light = await coloursOf(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await coloursOf(page);
    expect(await check(page, ['color-contrast'])).toEqual({ passed: ['color-contrast'], faults: [] });
    expect(dark[0]).not.toBe(light[0]);
    const alike = dark.filter((one, index) => one === light[index]);
    expect(alike).toEqual([]);

    await page.locator('#scheme').selectOption('light');
    expect(await coloursOf(page)).toEqual(light);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.locator('#scheme').selectOption('dark');
    expect(await coloursOf(page)).toEqual(dark);
    await page.locator('#scheme').selectOption('');
    expect(await coloursOf(page)).toEqual(light);
  });

  it('draws a line from where each rule that moves was to where it comes, and says the same in words', async () => {
    const { page } = await browser().open(planPage(openPlan));
    const moved = page.locator('.order .lines .up');
    const from = page.locator('.before li', { hasText: 'Spanish' });
    const to = page.locator('.after li', { hasText: 'Spanish' });
    const [line, left, right] = await Promise.all([moved.boundingBox(), from.boundingBox(), to.boundingBox()]);
    const middle = (box: typeof left): number => (box === null ? Number.NaN : box.y + box.height / 2);
    // A row is 34 pixels high.
    expect(Math.abs((line?.y ?? 0) - middle(right))).toBeLessThan(8);
    expect(Math.abs((line?.y ?? 0) + (line?.height ?? 0) - middle(left))).toBeLessThan(8);
    expect(await from.textContent()).toBe('9 moves up: Spanish to 5');
    expect(await to.textContent()).toBe('5 moved up: Spanish from 9');
    expect(await page.locator('.told').textContent()).toBe('1 moves, 1 is new, 1 is deleted, 12 keep their order among the rest.');
    // Its name leads to the change.
    await to.locator('a').click();
    expect(await page.locator('article:target h4').textContent()).toBe('Move, place 9→5 Spanish');
  });

  it('prints every change in light colours, without what only a screen needs', async () => {
    const { page } = await browser().open(planPage(blockedPlan), { colorScheme: 'dark' });
    const light = await coloursOf((await browser().open(planPage(blockedPlan))).page);
    await page.emulateMedia({ media: 'print' });
    expect((await coloursOf(page))[0]).toBe(light[0]);
    for (const gone of ['#filters', '.scheme', '.skip', 'nav.groups']) expect(await page.locator(gone).isVisible()).toBe(false);
    expect(await page.locator('article:visible').count()).toBe(7);
    expect(await page.evaluate("[...document.querySelectorAll('article')].every((one) => getComputedStyle(one).contentVisibility === 'visible')")).toBe(true);
  });
});
