import { PageHead, Tile } from '@charter/console-kit';
import { bytesWords, Empty, Failure, numberWords, Section, spanWords, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { lazy, Suspense, useState } from 'react';
import { useRead } from '../api';

const Chart = lazy(() => import('@charter/console-kit/Chart'));

const SPANS = [[15, 'Last 15 minutes'], [60, 'Last hour'], [360, 'Last 6 hours'], [1440, 'Last 24 hours']] as const;

export default function Dashboard() {
  const [minutes, setMinutes] = useState(60);
  const overview = useRead('/api/overview', { every: 5_000 });
  const history = useRead('/api/overview/history', { query: { minutes }, every: 10_000, keep: true });
  const now = overview.data;
  if (!now) return overview.isPending ? <Working text="Reading the overview" /> : <Failure of={overview.error} again={() => void overview.refetch()} />;
  return (
    <>
      <PageHead title="Dashboard" actions={
        <TextField select label="Time shown" value={minutes} onChange={event => setMinutes(Number(event.target.value))} sx={{ minWidth: 180 }}>
          {SPANS.map(([value, title]) => <MenuItem key={value} value={value}>{title}</MenuItem>)}
        </TextField>
      } />
      <Failure of={overview.error} />
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: 'repeat(2, minmax(0, 1fr))', lg: 'repeat(4, minmax(0, 1fr))' } }}>
        <Tile name="Clients connected" value={numberWords(now.connected)} more={`up for ${spanWords(now.uptimeSeconds * 1000)}`} />
        <Tile name="Messages in" value={numberWords(now.rates.publishesIn, 1)} unit="per second" more={`${numberWords(now.totals.publishesIn)} since the start`} />
        <Tile name="Messages out" value={numberWords(now.rates.publishesOut, 1)} unit="per second" more={`${numberWords(now.totals.publishesOut)} since the start`} />
        <Tile name="Messages dropped" value={numberWords(now.totals.dropped)} more={now.totals.dropped === 0 ? 'none, no limit was reached' : 'since the start: a limit was reached'} />
        <Tile name="Subscriptions" value={numberWords(now.subscriptions)} />
        <Tile name="Retained messages" value={numberWords(now.retained)} />
        <Tile name="Waiting for clients" value={numberWords(now.queued)} unit="messages" />
        <Tile name="Memory" value={bytesWords(now.heapUsedBytes)} more={`of ${bytesWords(now.heapMaxBytes)} for the heap`} />
      </Box>
      {history.data ? (
        <Suspense fallback={<Working text="Drawing" />}>
          <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' } }}>
            <Box sx={{ gridColumn: '1 / -1', minWidth: 0 }}><Plot title="Messages per second" of={history.data} lines={[['publishesIn', 'In'], ['publishesOut', 'Out'], ['dropped', 'Dropped']]} /></Box>
            <Plot title="Clients connected" of={history.data} lines={[['connected', 'Connected']]} whole />
            <Plot title="Bytes per second" of={history.data} lines={[['bytesIn', 'In'], ['bytesOut', 'Out']]} bytes />
          </Box>
        </Suspense>
      ) : <Failure of={history.error} again={() => void history.refetch()} />}
    </>
  );
}

interface PlotProps {
  title: string;
  of: { from: string; stepSeconds: number; series: Record<string, number[]> };
  lines: readonly (readonly [name: string, title: string])[];
  bytes?: boolean;
  whole?: boolean;
}

function Plot({ title, of, lines, bytes = false, whole = false }: PlotProps) {
  const values = lines.map(([name]) => of.series[name] ?? []);
  const points = Math.max(...values.map(one => one.length));
  return (
    <Section title={title}>
      {points < 2 ? <Empty title="Not enough to draw yet">A line appears after {2 * of.stepSeconds} seconds of running.</Empty>
        : <Chart label={title} from={of.from} stepSeconds={of.stepSeconds} lines={lines.map(([, name], index) => ({ name, values: values[index] ?? [] }))} bytes={bytes} whole={whole} />}
    </Section>
  );
}
