import { defineConfig } from 'vitest/config';

const soak = process.env['SALESIQ_SOAK'] === '1';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: soak ? ['test/**/*.soak.ts'] : ['test/**/*.test.ts'],
    testTimeout: soak ? 600_000 : 120_000,
    hookTimeout: 60_000,
    setupFiles: ['test/support/fixed-seed.ts'],
    // A machine that is busy with other things is no reason for a red run: what fails is tried once more, in CI alone.
    retry: (process.env['CI'] ?? '') === '' ? 0 : 1,
    // Two cores: more workers only wait for each other.
    maxWorkers: 2,
    // Tests share no state but what they make themselves: modules are loaded once for each worker.
    isolate: false,
    env: { NO_COLOR: '1', SALESIQ_TOKEN_CACHE: 'off' },
    coverage: { include: ['src/**'], reporter: ['text-summary'] },
  },
});
