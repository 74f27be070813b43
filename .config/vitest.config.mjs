import { defineConfig } from 'vitest/config';

const soak = process.env['SALESIQ_SOAK'] === '1';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: soak ? ['test/**/*.soak.ts'] : ['test/**/*.test.ts'],
    testTimeout: soak ? 600_000 : 30_000,
    hookTimeout: 60_000,
    // Two cores: more workers only wait for each other.
    maxWorkers: 2,
    env: { NO_COLOR: '1', SALESIQ_TOKEN_CACHE: 'off' },
    coverage: { include: ['src/**'], reporter: ['text-summary'] },
  },
});
