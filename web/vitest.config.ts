import { defineConfig } from 'vitest/config';

// Tests read dates as somebody in Athens does.
process.env['TZ'] = 'Europe/Athens';

export default defineConfig({
  test: {
    environment: 'jsdom',
    reporters: ['default', './test/sums.ts'],
    include: ['*/src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    setupFiles: ['./test/setup.ts'],
    sequence: { shuffle: true },
    restoreMocks: true,
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
