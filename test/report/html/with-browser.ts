/** Tests that need a browser: where there is none, they say that they are skipped. */
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { browserPath, launch, type TestBrowser } from './browser.ts';

const path = browserPath();

/** One browser for all tests of a file; each test gets pages of its own. */
export const withBrowser = (title: string, tests: (browser: () => TestBrowser) => void): void => {
  if (path === undefined) {
    const why = 'skipped: no browser is here (Debian: apt-get install chromium), and SALESIQ_TEST_BROWSER names none';
    console.warn(`${title}: ${why}`);
    describe.skip(`${title} (${why})`, () => tests(noBrowser));
    return;
  }
  describe(title, () => {
    let browser: TestBrowser | undefined;
    beforeAll(async () => {
      browser = await launch(path);
    });
    afterEach(() => browser?.closePages());
    afterAll(() => browser?.close());
    tests(() => browser ?? noBrowser());
  });
};

const noBrowser = (): never => {
  throw new Error('the browser is not started');
};
