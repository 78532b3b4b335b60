import { Listing, PageHead, SearchField, useMay, useSettled, type Column } from '@charter/console-kit';
import { Confirm, Empty, Facts, Moment, MONOSPACE, Note, plural } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState, type ReactNode } from 'react';
import { Link as To } from 'react-router';
import { post, useChange, usePages, type LeaseView, type PoolView } from '../api';
import { OfPool } from '../PoolChoice';

const STATES = [['', 'Have a seat'], ['held', 'Held'], ['ending', 'Ending'], ['released', 'Given back'], ['expired', 'Run out'], ['fenced', 'Taken over'], ['reclaimed', 'Reclaimed'], ['all', 'All']] as const;
const NAMES = new Map<string, string>(STATES);

/** In these the host has its seat. */
const SEATED = ['held', 'ending'];

/** Left out where it is not known. */
const nothing = '';

const COLUMNS: readonly Column<LeaseView>[] = [
  {
    id: 'host', title: 'Host', cell: lease => (
      <>
        {lease.hostName ?? 'Without a name'}
        <Box component="span" title={lease.host} sx={{ display: 'block', fontFamily: MONOSPACE, fontSize: '0.75rem', fontWeight: 400, color: 'text.secondary', overflow: 'hidden', textOverflow: 'ellipsis', maxWidth: '15ch', whiteSpace: 'nowrap' }}>{lease.host}</Box>
        {lease.slot ? <Box component="span" sx={{ display: 'block', fontSize: '0.8125rem', fontWeight: 400, color: 'text.secondary', overflowWrap: 'anywhere' }}>slot {lease.slot}</Box> : null}
      </>
    ),
  },
  { id: 'features', title: 'Features', cell: lease => lease.features.join(', ') },
  { id: 'state', title: 'State', short: true, cell: lease => NAMES.get(lease.state) ?? lease.state },
  { id: 'since', title: 'Since', short: true, cell: lease => <Moment at={lease.acquiredAt} as="ago" /> },
  { id: 'renewed', title: 'Renewed', short: true, cell: lease => <Moment at={lease.renewedAt} as="ago" /> },
  { id: 'free', title: 'Free by itself', short: true, cell: lease => (SEATED.includes(lease.state) ? <Moment at={lease.freeAt} as="left" /> : nothing) },
  { id: 'from', title: 'From', short: true, cell: lease => lease.address ?? nothing },
];

export default function Seats() {
  return (
    <>
      <PageHead title="Seats">Who holds which seat. A product renews its seat by itself, and gives it back when it stops; the seat of one that is gone comes back by itself when it has run out.</PageHead>
      <OfPool>{(pool, choice) => <OfOnePool key={pool.license} pool={pool} choice={choice} />}</OfPool>
    </>
  );
}

function OfOnePool({ pool, choice }: { pool: PoolView; choice: ReactNode }) {
  const [search, setSearch] = useState('');
  const [state, setState] = useState('');
  const [reclaiming, setReclaiming] = useState<LeaseView>();
  const settled = useSettled(search);
  const administrator = useMay('administrator');
  const pages = usePages('/api/pools/{license}/leases', { search: settled, state }, { every: 10_000, parameters: { license: pool.license } });
  const filtered = settled !== '' || state !== '';
  return (
    <>
      <Listing label="Seats" pages={pages} rows={answer => answer.items} idOf={lease => `${lease.host} ${lease.acquiredAt}`} columns={COLUMNS}
        above={<>
          {choice}
          <SearchField label="Host, slot or ID" value={search} onChange={setSearch} />
          <TextField select label="State" value={state} onChange={event => setState(event.target.value)} sx={{ minWidth: 150 }} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
            {STATES.map(([id, title]) => <MenuItem key={id} value={id}>{title}</MenuItem>)}
          </TextField>
        </>}
        empty={filtered ? <Empty title="No seat is like that" icon="search">Change the search or the filter.</Empty>
          : <Empty title="Nobody has a seat yet" icon="clients" action={<Button component={To} to="/" variant="outlined">This server's address</Button>}>
              Products appear here as soon as they take a seat. Give them this server's address, on their License page under Floating.
            </Empty>}
        {...(administrator ? {
          actions: (lease: LeaseView) => (SEATED.includes(lease.state) ? <Button size="small" color="error" onClick={() => setReclaiming(lease)} aria-label={`Reclaim the seat of ${lease.hostName ?? lease.host}`}>Reclaim</Button> : null),
        } : {})} />
      {reclaiming ? <Reclaim pool={pool} lease={reclaiming} onClose={() => setReclaiming(undefined)} /> : null}
    </>
  );
}

const LONGEST_REASON = 500;

function Reclaim({ pool, lease, onClose }: { pool: PoolView; lease: LeaseView; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const { count, days, used } = pool.allowance;
  const left = count - used;
  const reclaim = useChange(() => post('/api/pools/{license}/leases/{host}/reclaims', { reason: reason.trim() }, { license: pool.license, host: lease.host }), ['/api/pools/{license}/leases', '/api/overview'], onClose);
  return (
    <Confirm title={`Reclaim the seat of ${lease.hostName ?? lease.host}?`} does="Reclaim the seat" destroys working={reclaim.isPending} disabled={left <= 0 || reason.trim() === ''} failure={reclaim.error}
      onYes={() => reclaim.mutate(undefined)} onNo={onClose}>
      <Typography>Do this for a machine that is gone for good. One that still runs keeps working until its seat runs out, and then has none.</Typography>
      <Facts of={[
        ['What it costs', count === 0 ? undefined : `One of ${plural(count, 'reclaim')} within ${plural(days, 'day')}; ${left <= 0 ? 'none is' : `${left} ${left === 1 ? 'is' : 'are'}`} left`],
        ['Without it', <>The seat is free by itself <Moment at={lease.freeAt} as="sentence" /></>],
        ['Who sees it', 'It is signed by this server, with your name and the reason, and the vendor gets to read it'],
      ]} />
      {left <= 0 ? <Note kind="warning">{count === 0 ? 'This license allows no reclaims.' : 'The allowance is used up for now.'} The seat comes back by itself.</Note>
        : <TextField label="Reason" value={reason} onChange={event => setReason(event.target.value)} fullWidth multiline minRows={2} autoFocus helperText="Such as: the cabinet burnt down on Sunday" slotProps={{ htmlInput: { maxLength: LONGEST_REASON } }} />}
    </Confirm>
  );
}
