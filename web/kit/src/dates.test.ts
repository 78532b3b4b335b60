import { describe, expect, it } from 'vitest';
import { bytesWords, countdownWords, dateWords, durationOf, exactWords, momentWords, spanWords } from './dates';

const NOW = new Date('2026-11-22T10:00:00Z'); // noon in Athens

describe('a date', () => {
  it('is told with how far it is away', () => {
    expect(dateWords(new Date('2027-03-31T00:00:00Z'), new Date('2026-11-23T10:00:00Z'))).toBe('31 March 2027 (in 128 days)');
    expect(dateWords(new Date('2026-11-23T09:00:00Z'), NOW)).toBe('23 November 2026 (tomorrow)');
    expect(dateWords(new Date('2026-11-21T09:00:00Z'), NOW)).toBe('21 November 2026 (yesterday)');
    expect(dateWords(new Date('2026-11-19T09:00:00Z'), NOW)).toBe('19 November 2026 (3 days ago)');
  });

  it('counts days as calendars do, also over a change of clocks', () => {
    expect(dateWords(new Date('2027-03-28T21:30:00Z'), new Date('2027-03-27T22:30:00Z'))).toBe('29 March 2027 (tomorrow)');
  });

  it('is that of the place where the reader is', () => {
    expect(dateWords(new Date('2026-12-31T23:00:00Z'), NOW)).toBe('1 January 2027 (in 40 days)');
  });

  it('within a sentence is the time when it is today, and has the time when it is near', () => {
    expect(momentWords(new Date('2026-11-22T14:20:00Z'), NOW)).toBe('16:20');
    expect(momentWords(new Date('2026-11-25T08:00:00Z'), NOW)).toBe('25 November 2026, 10:00 (in 3 days)');
    expect(momentWords(new Date('2026-12-04T08:00:00Z'), NOW)).toBe('4 December 2026 (in 12 days)');
  });

  it('shows its zone and its exact second to who asks', () => {
    expect(exactWords(new Date('2027-03-31T00:00:00Z'))).toBe('31 March 2027 at 03:00:00 GMT+03:00 · 2027-03-31T00:00:00Z');
  });
});

describe('a span of time', () => {
  it('is told by its two largest units', () => {
    expect(spanWords(6_120_000)).toBe('1 h 42 min');
    expect(spanWords(7_200_000)).toBe('2 h');
    expect(spanWords(183_000_000)).toBe('2 days 2 h');
    expect(spanWords(12_000)).toBe('12 s');
    expect(spanWords(-5)).toBe('0 s');
  });

  it('counts down to the second, and never below nothing', () => {
    expect(countdownWords(6_127_000)).toBe('1 h 42 min 07 s');
    expect(countdownWords(2_527_000)).toBe('42 min 07 s');
    expect(countdownWords(251_999_000)).toBe('2 days 21 h 59 min');
    expect(countdownWords(86_399_600)).toBe('1 day 0 h 00 min');
    expect(countdownWords(7_000)).toBe('7 s');
    expect(countdownWords(-1)).toBe('0 s');
  });

  it('is read from ISO 8601', () => {
    expect(durationOf('PT2H')).toBe(7_200_000);
    expect(durationOf('P1DT1M')).toBe(86_460_000);
    expect(durationOf('two hours')).toBe(0);
  });
});

it('an amount of bytes has a unit that people read', () => {
  expect(bytesWords(999)).toBe('999 B');
  expect(bytesWords(1_400_000)).toBe('1.4 MB');
});
