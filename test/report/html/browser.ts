/** A browser for tests: found, never fetched. */
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The browser that SALESIQ_TEST_BROWSER names, else one on the path; undefined where there is none. */
export const browserPath = (env: NodeJS.ProcessEnv = process.env): string | undefined => {
  const named = env['SALESIQ_TEST_BROWSER'] ?? '';
  if (named !== '') return named;
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
};

/** A page that is open, and what it did that no page of ours does. */
export interface Opened {
  readonly page: Page;
  /** What it wrote to the console, what it threw, what it asked: each is a fault. */
  readonly faults: readonly string[];
  /** The addresses that it asked for, the document first. */
  readonly asked: readonly string[];
}

export interface TestBrowser {
  readonly version: string;
  /** Opens the text of a page as a file. */
  readonly open: (text: string, options?: BrowserContextOptions) => Promise<Opened>;
  /** Opens an address. */
  readonly visit: (address: string, options?: BrowserContextOptions) => Promise<Opened>;
  /** Writes a page into a file. @returns its address */
  readonly save: (text: string) => string;
  readonly closePages: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Wide, and in light colours, where nothing else is said. */
const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, colorScheme: 'light' };

export const launch = async (executablePath: string): Promise<TestBrowser> => {
  // Root has no sandbox of its own; the pages are ours.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args });
  const folder = mkdtempSync(join(tmpdir(), 'salesiq-pages-'));
  let files = 0;

  const save = (text: string): string => {
    files += 1;
    const path = join(folder, `page-${files}.html`);
    writeFileSync(path, text);
    return pathToFileURL(path).href;
  };

  const visit = async (address: string, options: BrowserContextOptions = {}): Promise<Opened> => {
    const context = await browser.newContext({ ...desktop, ...options });
    const page = await context.newPage();
    const faults: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => faults.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
    page.on('dialog', (dialog) => {
      faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('popup', () => faults.push('a window was opened'));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(address);
    return { page, faults, asked };
  };

  return {
    version: browser.version(),
    open: (text, options) => visit(save(text), options),
    visit,
    save,
    closePages: async () => {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    close: async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
