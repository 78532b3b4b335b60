import { PageHead, Tile, useMay } from '@charter/console-kit';
import { Code, Confirm, Empty, Facts, Failure, Moment, Note, numberWords, plural, Section, spanWords, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import MenuItem from '@mui/material/MenuItem';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { lazy, Suspense, useState } from 'react';
import { Alarms } from '../Alarms';
import { post, useChange, useOverview, useRead, type PoolView, type ReadOf } from '../api';
import { NoPool } from '../PoolChoice';

const Chart = lazy(() => import('@charter/console-kit/Chart'));

const SPANS = [[1, 'Last hour'], [24, 'Last 24 hours'], [168, 'Last 7 days'], [2160, 'Last 90 days']] as const;

export default function Overview() {
  const overview = useOverview();
  const of = overview.data;
  if (!of) return overview.isPending ? <Working text="Reading the overview" /> : <Failure of={overview.error} again={() => void overview.refetch()} />;
  return (
    <>
      <PageHead title="Overview">{of.server.hostName}, up since <Moment at={of.server.startedAt} as="sentence" /></PageHead>
      <Failure of={overview.error} />
      <Alarms of={of.alarms} />
      {of.pools.length === 0 ? <Paper variant="outlined"><NoPool /></Paper> : of.pools.map(pool => <Pool key={pool.license} of={pool} />)}
      {of.pools.length > 0 ? <Course of={of.pools} /> : null}
      <Section title="For products">
        <Facts of={[
          ['Address', of.server.address ? <Code of={of.server.address} /> : 'Not known yet'],
          ['Encrypted', of.server.tls ? 'Yes, by TLS' : 'No: who listens in between sees who takes seats. Nobody can forge a seat: products verify each.'],
          ['Where it goes', 'On the License page of each product, under Floating; or in its settings'],
        ]} />
      </Section>
    </>
  );
}

function Pool({ of }: { of: PoolView }) {
  const administrator = useMay('administrator');
  const [asking, setAsking] = useState(false);
  const full = of.free <= 0;
  const emergency = of.emergencyDays ?? { signed: 0, used: 0 };
  const mayStart = administrator && emergency.signed > emergency.used && of.overdraft?.active !== true;
  return (
    <Section title={<Box component="span" sx={{ overflowWrap: 'anywhere' }}>{of.product}</Box>} aside={<Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{of.customer}, <Code of={of.license} /></Typography>}>
      <Stack spacing={2}>
        <Box>
          <Typography component="p" sx={{ mb: 0.75 }}>
            <Box component="span" sx={{ fontSize: '1.75rem', fontWeight: 650, fontVariantNumeric: 'tabular-nums' }}>{numberWords(of.taken)}</Box> of {plural(of.seats, 'seat')} in use
          </Typography>
          <LinearProgress variant="determinate" color={full ? 'error' : of.taken >= 0.9 * of.seats ? 'warning' : 'primary'} value={of.seats === 0 ? 0 : Math.min(100, (100 * of.taken) / of.seats)} aria-label={`Seats in use of ${of.license}`} sx={{ height: 10, borderRadius: 5 }} />
        </Box>
        <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: 'repeat(2, minmax(0, 1fr))', md: 'repeat(4, minmax(0, 1fr))' } }}>
          <Tile name="Free" value={numberWords(of.free)} more={of.overdraft?.active && !full ? `with ${plural(of.overdraft.seats, 'seat')} of overdraft` : full ? 'who comes now has to wait or is refused' : 'can be taken now'} />
          <Tile name="Waiting" value={numberWords(of.queued)} more={of.whenFull === 'refuse' ? 'none waits: when full, products are refused' : 'in the queue'} />
          <Tile name="Denied today" value={numberWords(of.deniedToday)} more={of.deniedToday === 0 ? 'everybody got a seat' : 'asked while none was free'} />
          <Tile name="Most at once today" value={numberWords(of.peakToday)} more={`of ${plural(of.seats, 'seat')}`} />
        </Box>
        {of.renewOnlyUntil ? <Note kind="warning">The database was restored from a backup. Until <Moment at={of.renewOnlyUntil} as="sentence" /> seats are renewed and none is handed out anew, so that none is lent twice.</Note> : null}
        {of.shrinking ? <Note>This pool is getting smaller: {plural(of.shrinking.seats, 'seat')} from when the last one beyond them has run out{of.shrinking.lastEnd ? <>, by <Moment at={of.shrinking.lastEnd} as="sentence" /></> : null}.</Note> : null}
        {of.overdraft?.active ? <Note kind="warning">Overdraft: {plural(of.overdraft.seats, 'more seat')} are lent{of.overdraft.until ? <> until <Moment at={of.overdraft.until} as="sentence" /></> : null}. It is counted, and told to the vendor.</Note> : null}
        <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: of.features.length > 0 ? 'repeat(2, minmax(0, 1fr))' : 'minmax(0, 1fr)' } }}>
          <Facts of={[
            ['Ends', of.until ? <><Moment at={of.until} />{of.graceUntil ? <>; seats are renewed until <Moment at={of.graceUntil} /></> : null}</> : 'Never: the license is perpetual'],
            ['Seats', `renewed every ${spanWords(of.lease.renewEverySeconds * 1000)}; without this server, full work for ${spanWords(of.lease.degradedAfterSeconds * 1000)} and data for ${spanWords(of.lease.endSeconds * 1000)}`],
            ['Reclaims', of.allowance.count === 0 ? 'Not allowed by this license' : `${of.allowance.used} of ${of.allowance.count} used within ${plural(of.allowance.days, 'day')}`],
            ['Emergency days', emergency.signed === 0 ? undefined : `${emergency.used} of ${emergency.signed} used`],
          ]} />
          {of.features.length > 0 ? <Features of={of} /> : null}
        </Box>
        {mayStart ? <Box><Button variant="outlined" onClick={() => setAsking(true)}>Start an emergency day</Button></Box> : null}
      </Stack>
      {asking ? <Emergency of={of} onClose={() => setAsking(false)} /> : null}
    </Section>
  );
}

function Features({ of }: { of: PoolView }) {
  return (
    <Box component="ul" aria-label="Features" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {of.features.map(feature => {
        const most = feature.seats ?? of.seats;
        return (
          <Box component="li" key={feature.name} sx={{ pb: 1.25 }}>
            <Stack direction="row" spacing={2} sx={{ justifyContent: 'space-between' }}>
              <Typography variant="body2" sx={{ overflowWrap: 'anywhere', minWidth: 0 }}>{feature.name}</Typography>
              <Typography variant="body2" sx={{ color: 'text.secondary', flex: 'none', fontVariantNumeric: 'tabular-nums' }}>{numberWords(feature.taken)} of {numberWords(most)}</Typography>
            </Stack>
            <LinearProgress variant="determinate" color={feature.taken >= most ? 'error' : 'primary'} value={most === 0 ? 0 : Math.min(100, (100 * feature.taken) / most)} aria-label={`In use of ${feature.name}`} sx={{ height: 5, borderRadius: 3, mt: 0.25 }} />
          </Box>
        );
      })}
    </Box>
  );
}

function Emergency({ of, onClose }: { of: PoolView; onClose: () => void }) {
  const start = useChange(() => post('/api/pools/{license}/emergencies', undefined, { license: of.license }), ['/api/overview'], onClose);
  const days = of.emergencyDays ?? { signed: 0, used: 0 };
  const more = of.overdraft?.seats ?? 0;
  return (
    <Confirm title="Start an emergency day?" does="Start an emergency day" working={start.isPending} failure={start.error} onYes={() => start.mutate(undefined)} onNo={onClose}>
      <Typography>For a day this server lends seats without asking anyone, also where the license has ended{more > 0 ? `, and ${plural(more, 'seat')} more than it has` : ''}. Your name and the time are kept, and told to the vendor.</Typography>
      <Facts of={[['Emergency days', `${days.signed - days.used} of ${days.signed} left; this takes one, and it does not come back`]]} />
    </Confirm>
  );
}

function Course({ of }: { of: readonly PoolView[] }) {
  const [hours, setHours] = useState(24);
  const [license, setLicense] = useState('');
  const pool = of.find(one => one.license === license) ?? of[0]!;
  const history = useRead('/api/pools/{license}/history', { parameters: { license: pool.license }, query: { hours }, every: 30_000, keep: true });
  return (
    <Section title="Seats over time" aside={
      <Stack direction={{ xs: 'column', sm: 'row' }} spacing={1.5} sx={{ width: { xs: '100%', sm: 'auto' } }}>
        {of.length > 1 ? (
          <TextField select label="Pool" value={pool.license} onChange={event => setLicense(event.target.value)} sx={{ minWidth: { sm: 200 }, maxWidth: { sm: 320 } }}>
            {of.map(one => <MenuItem key={one.license} value={one.license} sx={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>{one.product} ({one.license})</MenuItem>)}
          </TextField>
        ) : null}
        <TextField select label="Time shown" value={hours} onChange={event => setHours(Number(event.target.value))} sx={{ minWidth: 170 }}>
          {SPANS.map(([value, title]) => <MenuItem key={value} value={value}>{title}</MenuItem>)}
        </TextField>
      </Stack>
    }>
      {history.data ? <Drawn of={history.data} /> : history.isPending ? <Working text="Reading the history" /> : <Failure of={history.error} again={() => void history.refetch()} />}
    </Section>
  );
}

type History = ReadOf<'/api/pools/{license}/history'>;

/** In steps of the same length: one without a point was one in which the server did not run. */
function evened({ step, points }: History): (History['points'][number] | undefined)[] {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return [];
  const start = new Date(first.at).getTime();
  const place = (at: string) => Math.round((new Date(at).getTime() - start) / (step * 1000));
  const even: (History['points'][number] | undefined)[] = Array.from({ length: place(last.at) + 1 });
  for (const point of points) even[place(point.at)] = point;
  return even;
}

function Drawn({ of }: { of: History }) {
  const points = evened(of);
  if (points.length < 2) return <Empty title="Not enough to draw yet">A line appears after {spanWords(2 * of.step * 1000)} of running.</Empty>;
  const line = (name: string, value: (point: History['points'][number]) => number, limit = false) => ({ name, limit, values: points.map(point => (point ? value(point) : null)) });
  return (
    <Suspense fallback={<Working text="Drawing" />}>
      <Chart label="Seats over time" from={of.points[0]!.at} stepSeconds={of.step} whole largest
        lines={[line('In use', point => point.taken), line('Waiting', point => point.queued), line('Denied', point => point.denied), line('Seats', point => point.seats, true)]} />
    </Suspense>
  );
}
