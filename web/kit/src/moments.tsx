import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import { countdownWords, dateWords, daysBetween, exactWords, momentWords, spanWords, stampWords } from './dates';

/** How far the server's clock is ahead of the browser's, in milliseconds: what counts down goes by the server's. */
const Ahead = createContext(0);

export function ServerTime({ now, readAt, children }: { now: string | undefined; readAt: number; children: ReactNode }) {
  const ahead = now ? new Date(now).getTime() - readAt : 0;
  return <Ahead.Provider value={Number.isFinite(ahead) && readAt > 0 ? ahead : 0}>{children}</Ahead.Provider>;
}

/** The server's time, read again after that many milliseconds. */
export function useNow(every = 60_000): Date {
  const ahead = useContext(Ahead);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return new Date(now + ahead);
}

type Words = 'date' | 'sentence' | 'stamp' | 'ago' | 'left';

/** A moment as people read it; to the second and with its zone on hover. */
export function Moment({ at, as = 'date' }: { at: string; as?: Words }) {
  const now = useNow(as === 'ago' || as === 'left' ? 10_000 : 60_000);
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return <>{at}</>;
  return <time dateTime={at} title={exactWords(moment)}>{written(moment, now, as)}</time>;
}

function written(moment: Date, now: Date, as: Words): string {
  switch (as) {
    case 'date': return dateWords(moment, now);
    case 'sentence': return momentWords(moment, now);
    case 'stamp': return stampWords(moment);
    case 'ago': {
      const passed = now.getTime() - moment.getTime();
      return passed < 5_000 ? 'just now' : `${spanWords(passed)} ago`;
    }
    case 'left': {
      const left = moment.getTime() - now.getTime();
      return left < 1_000 ? 'now' : `in ${spanWords(left)}`;
    }
  }
}

/** What is left until that moment, second by second. */
export function Countdown({ until }: { until: string }) {
  const now = useNow(1_000);
  const moment = new Date(until);
  return (
    <Box component="time" dateTime={until} title={exactWords(moment)} role="timer" aria-live="off" sx={{ whiteSpace: 'nowrap' }}>
      {countdownWords(moment.getTime() - now.getTime())}
    </Box>
  );
}

const INSTANT = /\{(\d{4}-\d{2}-\d{2}T[0-9:.]+Z)\}/;

/** A sentence of the server, in which `{2027-03-31T00:00:00Z}` stands for a moment. Servers write it for a day, "on"; of today it says the time, "at". */
export function Sentence({ text }: { text: string }) {
  const now = useNow();
  const parts = text.split(INSTANT);
  const isToday = (at: string | undefined) => at !== undefined && daysBetween(now, new Date(at)) === 0;
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 1 ? <Moment key={index} at={part} as="sentence" /> : <span key={index}>{isToday(parts[index + 1]) ? part.replace(/\bon $/, 'at ').replace(/\bOn $/, 'At ') : part}</span>,
      )}
    </>
  );
}
