import { inAddress, Listing, PageHead, SearchField, useMay, useSettled, type Column, type Sorting } from '@charter/console-kit';
import { Confirm, Empty, Icon, Moment, numberWords, plural } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link as To } from 'react-router';
import { post, read, useChange, usePages, useRead, type ReadOf } from '../api';

type Client = ReadOf<'/api/clients'>['items'][number];

const COLUMNS: readonly Column<Client>[] = [
  { id: 'id', title: 'Client ID', sort: 'clientId', cell: client => <Link component={To} to={`/clients/${inAddress(client.clientId)}`}>{client.clientId || '(empty)'}</Link> },
  { id: 'state', title: 'State', sort: 'connected', cell: client => <Connected is={client.connected} /> },
  { id: 'user', title: 'User', sort: 'username', cell: client => client.username ?? '' },
  { id: 'ip', title: 'Address', sort: 'ip', cell: client => client.ip ?? '' },
  { id: 'protocol', title: 'Protocol', short: true, cell: client => client.protocol ?? '' },
  { id: 'since', title: 'Since', sort: 'connectedAt', short: true, cell: client => { const at = client.connected ? client.connectedAt : client.disconnectedAt; return at ? <Moment at={at} as="ago" /> : ''; } },
  { id: 'subscriptions', title: 'Subscriptions', sort: 'subscriptions', number: true, cell: client => numberWords(client.subscriptions) },
  { id: 'queued', title: 'Waiting', sort: 'queued', number: true, cell: client => numberWords(client.queued) },
];

export function Connected({ is }: { is: boolean }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75, whiteSpace: 'nowrap' }}>
      <Box component="span" aria-hidden sx={theme => ({ width: 9, height: 9, borderRadius: '50%', bgcolor: is ? 'success.main' : 'transparent', border: `2px solid ${is ? theme.palette.success.main : theme.palette.text.secondary}` })} />
      {is ? 'Connected' : 'Away'}
    </Box>
  );
}

export default function Clients() {
  const [search, setSearch] = useState('');
  const [connected, setConnected] = useState('');
  const [sorting, setSorting] = useState<Sorting>({ sort: 'clientId', order: 'asc' });
  const [asking, setAsking] = useState(false);
  const settled = useSettled(search);
  const pages = usePages('/api/clients', { search: settled, connected, ...sorting }, { every: 10_000 });
  const operator = useMay('operator');
  const filtered = settled !== '' || connected !== '';
  return (
    <>
      <PageHead title="Clients" actions={operator ? <Button variant="outlined" color="error" onClick={() => setAsking(true)}>Delete those that are away</Button> : undefined}>
        MQTT clients with a session here, whether they are connected or away.
      </PageHead>
      <Listing label="Clients" pages={pages} rows={answer => answer.items} idOf={client => client.clientId} columns={COLUMNS} sorting={sorting} onSort={setSorting}
        above={<>
          <SearchField label="Client ID, user or address" value={search} onChange={setSearch} />
          <TextField select label="State" value={connected} onChange={event => setConnected(event.target.value)} sx={{ minWidth: 150 }} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
            <MenuItem value="">All</MenuItem>
            <MenuItem value="true">Connected</MenuItem>
            <MenuItem value="false">Away</MenuItem>
          </TextField>
        </>}
        empty={filtered ? <Empty title="No client is like that" icon="search">Change the search or the filter.</Empty>
          : <Empty title="No client has come yet" icon="clients" action={<Button component={To} to="/listeners" variant="outlined" startIcon={<Icon name="listeners" />}>Where clients connect</Button>}>
              Clients appear here as soon as they connect. They need MQTT credentials and the address of a listener.
            </Empty>} />
      {asking ? <DeleteAway onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function DeleteAway({ onClose }: { onClose: () => void }) {
  const away = useRead('/api/clients', { query: { connected: false, limit: 1 } });
  const [deleted, setDeleted] = useState<number>();
  const change = useChange(() => post('/api/clients/delete-disconnected'), ['/api/clients', '/api/overview'], answer => setDeleted(answer.deleted));
  if (deleted !== undefined) {
    return <Confirm title={`${plural(deleted, 'client')} deleted`} does="Close" onYes={onClose} onNo={onClose}><Typography>Who comes again begins with a new session.</Typography></Confirm>;
  }
  return (
    <Confirm title="Delete all clients that are away?" does={`Delete ${away.data ? plural(away.data.total, 'client') : 'them'}`} destroys working={change.isPending} disabled={away.data?.total === 0} failure={change.error}
      onYes={() => change.mutate(undefined)} onNo={onClose}>
      <Typography>Lost are their sessions: their subscriptions, and the messages that wait for them. Connected clients stay as they are.</Typography>
    </Confirm>
  );
}

export const readClient = (id: string) => read('/api/clients/{id}', { id });
