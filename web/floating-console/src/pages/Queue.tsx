import { PageHead, useMay } from '@charter/console-kit';
import { Actions, Choices, Empty, Failure, Icon, Moment, MONOSPACE, numberWords, plural, Section, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState, type ReactNode } from 'react';
import { put, useChange, useRead, type PoolView, type ReservationOrder, type ReservationView } from '../api';
import { OfPool } from '../PoolChoice';

export default function Queue() {
  return (
    <>
      <PageHead title="Queue and reservations">What happens when all seats are taken, and which seats are kept for whom.</PageHead>
      <OfPool>
        {(pool, choice) => (
          <>
            {choice}
            <WhenFull pool={pool} />
            <Waiting pool={pool} />
            <Reservations key={pool.license} pool={pool} />
          </>
        )}
      </OfPool>
    </>
  );
}

function WhenFull({ pool }: { pool: PoolView }) {
  const operator = useMay('operator');
  const change = useChange((whenFull: 'refuse' | 'queue') => put('/api/pools/{license}/when-full', { whenFull }, { license: pool.license }), ['/api/overview', '/api/pools/{license}/queue']);
  const chosen = change.isPending && change.variables ? change.variables : pool.whenFull ?? 'refuse';
  return (
    <Section title="When all seats are taken">
      <Stack spacing={1.5}>
        <Choices label="When all seats are taken" chosen={chosen} onChoose={id => { if (operator && id !== chosen) change.mutate(id === 'queue' ? 'queue' : 'refuse'); }}
          of={[
            { id: 'refuse', title: 'Refuse', available: operator || chosen === 'refuse', text: 'The product is told at once that no seat is free. It works on only if it has another license server.' },
            { id: 'queue', title: 'Queue', available: operator || chosen === 'queue', text: 'The product waits, and is told its place. A seat that comes free is kept for who waits longest.' },
          ]} />
        <Failure of={change.error} />
      </Stack>
    </Section>
  );
}

function Waiting({ pool }: { pool: PoolView }) {
  const queue = useRead('/api/pools/{license}/queue', { parameters: { license: pool.license }, every: 5_000 });
  let shown: ReactNode;
  if (!queue.data) shown = queue.isPending ? <Working text="Reading the queue" /> : <Failure of={queue.error} again={() => void queue.refetch()} />;
  else if (queue.data.length === 0) {
    shown = <Empty title="Nobody waits" icon="good">{pool.whenFull === 'queue' ? 'Who asks while all seats are taken appears here, with its place.' : 'There is no queue: when all seats are taken, products are refused.'}</Empty>;
  } else {
    shown = (
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, maxHeight: 480, overflow: 'auto' }} tabIndex={0} aria-label="Queue">
        {queue.data.map((one, index) => (
          <Box component="li" key={one.host} sx={theme => ({ display: 'flex', gap: 1.5, py: 1, borderTop: index === 0 ? 'none' : `1px solid ${theme.palette.divider}` })}>
            <Typography sx={{ fontWeight: 650, minWidth: '2.5em', fontVariantNumeric: 'tabular-nums' }}>{numberWords(one.place)}</Typography>
            <Box sx={{ minWidth: 0, flex: 1 }}>
              <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{one.hostName ?? one.host}</Typography>
              <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>since <Moment at={one.since} as="sentence" />{one.features.length > 0 ? `, for ${one.features.join(', ')}` : ''}</Typography>
            </Box>
          </Box>
        ))}
      </Box>
    );
  }
  return <Section title={queue.data && queue.data.length > 0 ? `Waiting (${numberWords(queue.data.length)})` : 'Waiting'}>{shown}</Section>;
}

/** A reservation as it is typed. */
interface Typed {
  name: string;
  kind: string;
  members: string;
  seats: string;
  taken: number | undefined;
}

const typed = (of: ReservationView): Typed => ({ name: of.name, kind: of.kind, members: of.members.join('\n'), seats: String(of.seats), taken: of.taken });
const NEW: Typed = { name: '', kind: 'host', members: '', seats: '1', taken: undefined };

function meant(of: Typed): ReservationOrder {
  return { name: of.name.trim(), kind: of.kind, members: of.members.split(/[\s,;]+/).filter(one => one !== ''), seats: Number(of.seats) };
}

/** What keeps the reservations from being saved, in a sentence; none when they can be. */
function missingIn(all: readonly ReservationOrder[], seats: number): string | undefined {
  for (const one of all) {
    if (one.name === '') return 'Each reservation needs a name.';
    if (all.filter(other => other.name === one.name).length > 1) return `There are two reservations named ${one.name}.`;
    if (one.members.length === 0) return `Say for which hosts ${one.name} is.`;
    if (!Number.isInteger(one.seats) || one.seats < 1) return `Say how many seats are kept for ${one.name}: 1 or more.`;
  }
  const kept = all.reduce((sum, one) => sum + one.seats, 0);
  return kept > seats ? `${plural(kept, 'seat')} would be kept, and the pool has ${numberWords(seats)}.` : undefined;
}

function Reservations({ pool }: { pool: PoolView }) {
  const operator = useMay('operator');
  const stored = useRead('/api/pools/{license}/reservations', { parameters: { license: pool.license } });
  const [draft, setDraft] = useState<Typed[]>();
  const save = useChange((all: ReservationOrder[]) => put('/api/pools/{license}/reservations', all, { license: pool.license }), ['/api/pools/{license}/reservations', '/api/overview'], () => setDraft(undefined));
  if (!stored.data) return <Section title="Reservations">{stored.isPending ? <Working text="Reading the reservations" /> : <Failure of={stored.error} again={() => void stored.refetch()} />}</Section>;
  const rows = draft ?? stored.data.map(typed);
  const all = rows.map(meant);
  const missing = draft ? missingIn(all, pool.seats) : undefined;
  const kept = all.reduce((sum, one) => sum + (Number.isFinite(one.seats) ? one.seats : 0), 0);
  const change = (index: number, part: Partial<Typed>) => setDraft(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  const add = <Button size="small" variant={rows.length === 0 ? 'contained' : 'text'} startIcon={<Icon name="add" />} onClick={() => setDraft([...rows, NEW])}>Reserve seats</Button>;
  return (
    <Section title="Reservations" aside={rows.length > 0 ? <Typography variant="body2" sx={{ color: 'text.secondary' }}>{numberWords(kept)} of {plural(pool.seats, 'seat')} kept</Typography> : undefined}>
      {rows.length === 0 ? (
        <Empty title="No seat is reserved" icon="retained" action={operator ? add : undefined}>Every seat is for who comes first. A reservation keeps seats for hosts that must never be without one.</Empty>
      ) : (
        <Stack component="form" noValidate spacing={2} onSubmit={event => { event.preventDefault(); if (draft && !missing) save.mutate(all); }}>
          {rows.map((row, index) => (
            <Box key={index} role="group" aria-label={row.name || `Reservation ${index + 1}`}
              sx={theme => ({ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(0, 1fr) 9.5rem 6rem', lg: 'minmax(0, 2fr) 9.5rem minmax(0, 3fr) 6rem auto' }, pb: 2, borderBottom: `1px solid ${theme.palette.divider}`, alignItems: 'start' })}>
              <TextField label="Name" value={row.name} disabled={!operator} autoFocus={row === rows.at(-1) && row.taken === undefined} onChange={event => change(index, { name: event.target.value })} />
              <TextField select label="For" value={row.kind} disabled={!operator} onChange={event => change(index, { kind: event.target.value === 'group' ? 'group' : 'host' })}>
                <MenuItem value="host">single hosts</MenuItem>
                <MenuItem value="group">a group</MenuItem>
              </TextField>
              <TextField label="Hosts or slots" value={row.members} disabled={!operator} multiline maxRows={6} onChange={event => change(index, { members: event.target.value })} sx={{ gridColumn: { sm: '1 / 3', lg: 'auto' } }}
                helperText="Names, one under the other; * at the end stands for anything" slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: MONOSPACE, fontSize: '0.875rem' } } }} />
              <TextField label="Seats" type="number" value={row.seats} disabled={!operator} onChange={event => change(index, { seats: event.target.value })} slotProps={{ htmlInput: { min: 1, max: pool.seats } }} helperText={row.taken === undefined ? ' ' : `${numberWords(row.taken)} in use`} />
              {operator ? <IconButton aria-label={`Remove ${row.name || `reservation ${index + 1}`}`} onClick={() => setDraft(rows.filter((_, at) => at !== index))} sx={{ justifySelf: 'end' }}><Icon name="remove" fontSize="small" /></IconButton> : null}
            </Box>
          ))}
          {missing ? <Typography variant="body2" role="status" sx={{ color: 'warning.main' }}>{missing}</Typography> : null}
          <Failure of={save.error} />
          {operator ? (
            <Actions>
              {draft ? <Button type="submit" variant="contained" disabled={missing !== undefined || save.isPending}>Save the reservations</Button> : null}
              {draft ? <Button onClick={() => { save.reset(); setDraft(undefined); }} disabled={save.isPending}>Leave them as they were</Button> : null}
              {add}
            </Actions>
          ) : null}
        </Stack>
      )}
      {rows.length === 0 && draft ? (
        <Actions end>
          <Button onClick={() => setDraft(undefined)}>Leave them as they were</Button>
          <Button variant="contained" disabled={save.isPending} onClick={() => save.mutate([])}>Save: no reservations</Button>
        </Actions>
      ) : null}
    </Section>
  );
}
