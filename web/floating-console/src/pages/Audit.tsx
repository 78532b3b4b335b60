import { addressOf, Listing, PageHead } from '@charter/console-kit';
import { Actions, Empty, Icon, Moment, Section } from '@charter/kit';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useOverview, usePages } from '../api';

/** What was done, in the words of the pages on which it is done; what is not here is told as the server tells it. */
const WORDS: Record<string, string> = {
  'POST /api/setup': 'Set up the server', 'POST /api/session': 'Logged in', 'DELETE /api/session': 'Logged out', 'PUT /api/session/password': 'Changed their password',
  'POST /api/users': 'Added a user', 'PUT /api/users/{name}': 'Changed a user', 'DELETE /api/users/{name}': 'Deleted a user',
  'POST /api/products/{product}/usage-requests': 'Made a request', 'POST /api/products/{product}/usage-licenses': 'Installed what the vendor sent', 'POST /api/products/{product}/activations': 'Activated online',
  'POST /api/products/{product}/reactivations': 'Reactivated', 'POST /api/products/{product}/deactivations': 'Deactivated', 'POST /api/pools/{license}/leases/{host}/reclaims': 'Reclaimed a seat',
  'PUT /api/pools/{license}/when-full': 'Chose what happens when all seats are taken', 'PUT /api/pools/{license}/reservations': 'Changed the reservations', 'POST /api/pools/{license}/emergencies': 'Started an emergency day',
  acquired: 'Took a seat', renewed: 'Renewed', released: 'Gave the seat back', expired: 'Ran out', reclaimed: 'Reclaimed', fenced: 'Taken over', start: 'Started',
};

/** What is signed to leave the network, and what was done here. */
export default function Audit() {
  const overview = useOverview();
  const pools = overview.data?.pools ?? [];
  const [pool, setPool] = useState('');
  const pages = usePages('/api/audit', { pool });
  return (
    <>
      <PageHead title="Exports and audit">What was done at the console, and what happened to each pool, the latest first.</PageHead>
      {pools.length > 0 ? <Exports pools={pools.map(one => [one.license, `${one.product} (${one.license})`] as const)} /> : null}
      <Listing label="Audit log" pages={pages} rows={answer => answer.items} idOf={entry => `${entry.number ?? ''} ${entry.at}${entry.action}${entry.target}`}
        above={pools.length > 0 ? (
          <TextField select label="Of" value={pool} onChange={event => setPool(event.target.value)} sx={{ minWidth: { sm: 260 }, maxWidth: { sm: 460 } }} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
            <MenuItem value="">The console</MenuItem>
            {pools.map(one => <MenuItem key={one.license} value={one.license} sx={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>The pool {one.product} ({one.license})</MenuItem>)}
          </TextField>
        ) : undefined}
        columns={[
          { id: 'at', title: 'When', cell: entry => <Moment at={entry.at} as="stamp" /> },
          { id: 'who', title: 'Who', cell: entry => (entry.who === '(server)' ? 'The server' : entry.who || 'Nobody logged in') },
          { id: 'action', title: 'What', cell: entry => <>{WORDS[entry.action] ?? entry.action}{entry.target ? ` (${entry.target})` : ''}{entry.detail ? `: ${entry.detail}` : ''}</> },
          { id: 'outcome', title: 'Outcome', cell: entry => (entry.status === undefined || entry.status === 0 ? '' : entry.status < 400 ? 'done' : `refused (${entry.status})`) },
          { id: 'address', title: 'From', cell: entry => entry.address ?? '' },
        ]}
        empty={<Empty title="Nothing happened yet" icon="audit">{pool === '' ? 'What is changed at this console appears here.' : 'What hosts ask of this pool appears here.'}</Empty>} />
    </>
  );
}

const DAY = 86_400_000;
const dayOf = (moment: Date) => `${moment.getFullYear()}-${String(moment.getMonth() + 1).padStart(2, '0')}-${String(moment.getDate()).padStart(2, '0')}`;

function Exports({ pools }: { pools: readonly (readonly [license: string, title: string])[] }) {
  const [pool, setPool] = useState(pools[0]![0]);
  const [from, setFrom] = useState(() => dayOf(new Date(Date.now() - 30 * DAY)));
  const [until, setUntil] = useState(() => dayOf(new Date()));
  const days = { pool, from, until };
  const wrong = from > until;
  return (
    <Section title="Exports">
      <Stack spacing={2}>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>Files that this server signs, so that whoever gets them can tell that nothing was changed on the way, also over a one-way link. <code>charter inspect</code> shows what is in them.</Typography>
        <Stack direction={{ xs: 'column', sm: 'row' }} spacing={1.5}>
          {pools.length > 1 ? (
            <TextField select label="Pool" value={pool} onChange={event => setPool(event.target.value)} sx={{ minWidth: { sm: 240 }, maxWidth: { sm: 420 } }}>
              {pools.map(([license, title]) => <MenuItem key={license} value={license} sx={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>{title}</MenuItem>)}
            </TextField>
          ) : null}
          <TextField label="From" type="date" value={from} onChange={event => setFrom(event.target.value)} error={wrong} slotProps={{ inputLabel: { shrink: true } }} />
          <TextField label="Until" type="date" value={until} onChange={event => setUntil(event.target.value)} error={wrong} helperText={wrong ? 'Before the first day' : undefined} slotProps={{ inputLabel: { shrink: true } }} />
        </Stack>
        <Actions>
          <Button variant="contained" href={addressOf('/api/exports/usage', {}, days)} download startIcon={<Icon name="download" />} disabled={wrong}>Usage, signed</Button>
          <Button variant="outlined" href={addressOf('/api/exports/usage', {}, { ...days, form: 'csv' })} download disabled={wrong}>Usage as CSV</Button>
          <Button variant="outlined" href={addressOf('/api/exports/audit', {}, { pool })} download startIcon={<Icon name="download" />}>Audit, signed</Button>
          <Button variant="outlined" href={addressOf('/api/exports/audit', {}, { pool, form: 'csv' })} download>Audit as CSV</Button>
        </Actions>
      </Stack>
    </Section>
  );
}
