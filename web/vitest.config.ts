import { defineConfig } from 'vitest/config';

// Tests read dates as somebody in Athens does.
process.env['TZ'] = 'Europe/Athens';

export default defineConfig({
  test: {
    environment: 'jsdom',
    reporters: ['default', './test/sums.ts'],
    include: ['*/src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    setupFiles: ['./test/setup.ts'],
    // Tests at random; files by size, since one that is long would else run on alone in the end.
    sequence: { shuffle: { files: false, tests: true } },
    restoreMocks: true,
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
