import { addressOf, doneColumns, type DoneWords, Listing, PageHead } from '@charter/console-kit';
import { Actions, Empty, Icon, Section } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState, type ReactNode } from 'react';
import { useOverview, usePages } from '../api';

const WORDS: DoneWords = {
  'POST /api/products/{product}/usage-requests': ['Made a request', 'New request'],
  'POST /api/products/{product}/usage-licenses': ['Installed what the vendor sent', 'Installation of what the vendor sent'],
  'POST /api/products/{product}/activations': ['Activated online', 'Activation online'],
  'POST /api/products/{product}/reactivations': ['Reactivated', 'Reactivation'],
  'POST /api/products/{product}/deactivations': ['Deactivated', 'Deactivation'],
  'POST /api/pools/{license}/leases/{host}/reclaims': ['Reclaimed a seat', 'Reclaim of a seat'],
  'PUT /api/pools/{license}/when-full': ['Chose what happens when all seats are taken', 'Choice of what happens when all seats are taken'],
  'PUT /api/pools/{license}/reservations': ['Changed the reservations', 'Change of the reservations'],
  'POST /api/pools/{license}/emergencies': ['Started an emergency day', 'Start of an emergency day'],
  'GET /api/exports/usage': 'Exported', 'GET /api/exports/audit': 'Exported',
  installed: 'Put a usage license in force', acquired: 'Took a seat', released: 'Gave the seat back', expired: 'The seat ran out', fenced: 'The seat went to another host', reclaimed: 'Reclaimed a seat',
  ending: 'The seat is not renewed any more', 'going-on': 'The seat is renewed again', placed: 'The seat was counted to a reservation, or to none', reserved: 'Changed the reservations',
  'when-full': 'Chose what happens when all seats are taken', 'emergency-started': 'Started an emergency day', 'emergency-over': 'The emergency is over', shrunk: 'Asked for fewer seats',
  'given-up': 'Gave the license back', 'kept-after-all': 'The license stays after all', 'clone-seen': 'Two hosts seem to use one key', restored: 'The database was restored: no seat is handed out anew for a time',
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
        above={<>
          <Typography variant="h2" sx={{ flex: 1 }}>Audit log</Typography>
          {pools.length > 0 ? <TextField select label="What happened at" value={pool} onChange={event => setPool(event.target.value)} sx={{ minWidth: { sm: 260 }, maxWidth: { sm: 460 } }} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
            <MenuItem value="">The console</MenuItem>
            {pools.map(one => <MenuItem key={one.license} value={one.license} sx={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>The pool {one.product} ({one.license})</MenuItem>)}
          </TextField> : null}
        </>}
        columns={doneColumns(WORDS)}
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
      <Stack spacing={2.5}>
        <Typography variant="body2" sx={{ color: 'text.secondary', maxWidth: '46rem' }}>A signed file shows whoever gets it that nothing was changed on the way, also over a one-way link; <code>charter inspect</code> says what is in it. The CSV is for spreadsheets, and nobody signs it.</Typography>
        {pools.length > 1 ? (
          <TextField select label="Pool" value={pool} onChange={event => setPool(event.target.value)} sx={{ width: { sm: 420 } }}>
            {pools.map(([license, title]) => <MenuItem key={license} value={license} sx={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>{title}</MenuItem>)}
          </TextField>
        ) : null}
        <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) minmax(0, 1fr)' } }}>
          <Export title="Usage" text="The peak and the refusals of each day, and who had a seat from when to when." signed={addressOf('/api/exports/usage', {}, days)} csv={addressOf('/api/exports/usage', {}, { ...days, form: 'csv' })} disabled={wrong}>
            <Stack direction="row" useFlexGap spacing={1.5} sx={{ flexWrap: 'wrap' }}>
              <TextField label="From" type="date" value={from} onChange={event => setFrom(event.target.value)} error={wrong} sx={DATE} slotProps={{ inputLabel: { shrink: true } }} />
              <TextField label="Until" type="date" value={until} onChange={event => setUntil(event.target.value)} error={wrong} helperText={wrong ? 'Before the first day' : undefined} sx={DATE} slotProps={{ inputLabel: { shrink: true } }} />
            </Stack>
          </Export>
          <Export title="Audit log" text="What happened to the pool, all of it." signed={addressOf('/api/exports/audit', {}, { pool })} csv={addressOf('/api/exports/audit', {}, { pool, form: 'csv' })} />
        </Box>
      </Stack>
    </Section>
  );
}

const DATE = { flex: '1 1 10rem', maxWidth: { sm: 200 } };

interface ExportProps {
  title: string;
  text: string;
  /** Where the signed file is, and the table. */
  signed: string;
  csv: string;
  disabled?: boolean;
  /** What is chosen first. */
  children?: ReactNode;
}

function Export({ title, text, signed, csv, disabled = false, children }: ExportProps) {
  return (
    <Box role="group" aria-label={title} sx={theme => ({ display: 'flex', flexDirection: 'column', gap: 1.5, minWidth: 0, p: { xs: 1.5, sm: 2 }, borderRadius: 1.5, border: `1px solid ${theme.palette.divider}` })}>
      <Box>
        <Typography variant="h3">{title}</Typography>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>{text}</Typography>
      </Box>
      {children}
      <Box sx={{ mt: 'auto' }}>
        <Actions>
          <Button variant="contained" href={signed} download startIcon={<Icon name="download" />} disabled={disabled}>{title}, signed</Button>
          <Button variant="outlined" href={csv} download disabled={disabled}>{title} as CSV</Button>
        </Actions>
      </Box>
    </Box>
  );
}
