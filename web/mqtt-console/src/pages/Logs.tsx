import { PageHead, SearchField, useMay, useSettled } from '@charter/console-kit';
import { Confirm, Empty, Failure, Icon, Moment, MONOSPACE, Note, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { put, useChange, useRead, type ReadOf } from '../api';

type Line = ReadOf<'/api/logs'>['items'][number];

const LEVELS = ['error', 'warn', 'info', 'debug', 'trace'];
const SHOWN = 500;

/** The lines as they come, the latest first, while it is followed. */
function useFollowing(level: string, search: string, on: boolean) {
  const [lines, setLines] = useState<Line[]>([]);
  const [lost, setLost] = useState(false);
  useEffect(() => {
    setLines([]);
    setLost(false);
    if (!on) return undefined;
    const asked = new URLSearchParams({ level, ...(search === '' ? {} : { search }) });
    const stream = new EventSource(`/api/logs/stream?${asked.toString()}`);
    stream.onmessage = event => setLines(before => [JSON.parse(event.data as string) as Line, ...before].slice(0, SHOWN));
    stream.onopen = () => setLost(false);
    stream.onerror = () => setLost(true);
    return () => stream.close();
  }, [level, search, on]);
  return { lines, lost };
}

export default function Logs() {
  const [level, setLevel] = useState('info');
  const [search, setSearch] = useState('');
  const [following, setFollowing] = useState(true);
  const [changing, setChanging] = useState(false);
  const settled = useSettled(search);
  const before = useRead('/api/logs', { query: { level, search: settled, limit: 200 }, keep: true });
  const { lines, lost } = useFollowing(level, settled, following);
  const administrator = useMay('administrator');
  const seen = new Set(lines.map(line => line.number));
  const all = [...lines, ...(before.data?.items ?? []).filter(line => !seen.has(line.number))].sort((a, b) => b.number - a.number).slice(0, SHOWN);
  return (
    <>
      <PageHead title="Logs" actions={<>
        <Button variant="outlined" onClick={() => setFollowing(!following)} aria-pressed={following}>{following ? 'Stop following' : 'Follow'}</Button>
        <Button variant="outlined" href="/api/logs/download" download startIcon={<Icon name="download" />}>Download</Button>
        {administrator ? <Button variant="outlined" onClick={() => setChanging(true)}>Change what is logged</Button> : null}
      </>}>
        What the server tells as it works, the latest first.
      </PageHead>
      <Paper variant="outlined" sx={{ overflow: 'hidden' }}>
        <Stack direction={{ xs: 'column', sm: 'row' }} spacing={1.5} sx={{ p: 2 }}>
          <SearchField label="Part of a line" value={search} onChange={setSearch} />
          <TextField select label="At least" value={level} onChange={event => setLevel(event.target.value)} sx={{ minWidth: 130 }}>
            {LEVELS.map(one => <MenuItem key={one} value={one}>{one}</MenuItem>)}
          </TextField>
        </Stack>
        {lost ? <Box sx={{ px: 2, pb: 2 }}><Note kind="warning">The log is not followed now: the server does not answer. It goes on by itself.</Note></Box> : null}
        {before.isPending ? <Box sx={{ px: 2 }}><Working text="Reading the log" /></Box> : null}
        {before.error ? <Box sx={{ p: 2 }}><Failure of={before.error} again={() => void before.refetch()} /></Box> : null}
        {before.data && all.length === 0 ? <Empty title="No line is like that" icon="logs">Choose another level or search.</Empty> : null}
        {all.length > 0 ? (
          <Box component="ol" tabIndex={0} aria-label="Log" sx={theme => ({ listStyle: 'none', m: 0, p: 0, borderTop: `1px solid ${theme.palette.divider}`, maxHeight: '70vh', overflow: 'auto' })}>
            {all.map(line => <LogLine key={line.number} line={line} />)}
          </Box>
        ) : null}
      </Paper>
      {changing ? <ChangeLevels onClose={() => setChanging(false)} /> : null}
    </>
  );
}

function LogLine({ line }: { line: Line }) {
  const tone = line.level === 'error' ? 'error.main' : line.level === 'warn' ? 'warning.main' : 'text.secondary';
  return (
    <Box component="li" sx={theme => ({ px: 2, py: 0.75, borderBottom: `1px solid ${theme.palette.divider}`, fontSize: '0.8125rem', overflowWrap: 'anywhere' })}>
      <Box sx={{ color: 'text.secondary', display: 'flex', columnGap: 1.5, flexWrap: 'wrap', fontSize: '0.75rem' }}>
        <Moment at={line.at} as="stamp" />
        <Box component="span" sx={{ color: tone, fontWeight: 650 }}>{line.level}</Box>
        <span>{line.logger}</span>
        {line.traceId ? <span>trace {line.traceId}</span> : null}
      </Box>
      <Box sx={{ whiteSpace: 'pre-wrap' }}>{line.message}</Box>
      {line.fault ? (
        <Box component="details">
          <Box component="summary" sx={{ cursor: 'pointer', color: 'text.secondary' }}>Where it came from</Box>
          <Box component="pre" sx={{ m: 0, fontFamily: MONOSPACE, fontSize: '0.75rem', overflow: 'auto', maxHeight: 300 }} tabIndex={0}>{line.fault}</Box>
        </Box>
      ) : null}
    </Box>
  );
}

function ChangeLevels({ onClose }: { onClose: () => void }) {
  const levels = useRead('/api/logs/level');
  return levels.data ? <Levels now={levels.data} onClose={onClose} /> : null;
}

function Levels({ now, onClose }: { now: ReadOf<'/api/logs/level'>; onClose: () => void }) {
  const [server, setServer] = useState(now.server);
  const [broker, setBroker] = useState(now.broker);
  const change = useChange(() => put('/api/logs/level', { server, broker }), ['/api/logs/level'], onClose);
  return (
    <Confirm title="What is logged" does="Change what is logged" working={change.isPending} failure={change.error} onYes={() => change.mutate(undefined)} onNo={onClose}>
      <TextField select label="The server itself" value={server} onChange={event => setServer(event.target.value)} fullWidth>{LEVELS.map(one => <MenuItem key={one} value={one}>{one}</MenuItem>)}</TextField>
      <TextField select label="The MQTT broker within it" value={broker} onChange={event => setBroker(event.target.value)} fullWidth helperText="Both hold until the server is started again">{LEVELS.map(one => <MenuItem key={one} value={one}>{one}</MenuItem>)}</TextField>
    </Confirm>
  );
}
