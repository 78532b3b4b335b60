import { PageHead, SearchField, useSettled } from '@charter/console-kit';
import { Empty, Failure, Icon, Moment, numberWords, plural, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link as To } from 'react-router';
import { useRead, type ReadOf } from '../api';

type Topic = ReadOf<'/api/topics'>['items'][number];

const AT_ONCE = 200;

export default function Topics() {
  const [search, setSearch] = useState('');
  const settled = useSettled(search);
  return (
    <>
      <PageHead title="Topics">Topics that were published to since the server's start, or that hold a retained message.</PageHead>
      <Paper variant="outlined" sx={{ p: 2 }}>
        <Stack sx={{ alignItems: { sm: 'flex-start' } }}><SearchField label="Part of a topic" value={search} onChange={setSearch} /></Stack>
        <Box sx={{ mt: 1.5 }}><Level parent="" search={settled} /></Box>
      </Paper>
    </>
  );
}

/** The topics right below one; or, of a search, those of any depth. */
function Level({ parent, search }: { parent: string; search: string }) {
  const [limit, setLimit] = useState(AT_ONCE);
  const topics = useRead('/api/topics', { query: { parent, search, limit }, every: 10_000, keep: true });
  if (!topics.data) return topics.isPending ? <Working text="Reading topics" /> : <Failure of={topics.error} again={() => void topics.refetch()} />;
  const { items, total } = topics.data;
  if (items.length === 0) {
    return search !== '' ? <Empty title="No topic is like that" icon="search">Topics are searched by any part of their whole name.</Empty>
      : <Empty title="Nothing was published yet" icon="topics">Topics appear here with the first message that a client publishes.</Empty>;
  }
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {items.map(topic => <Node key={topic.topic} topic={topic} whole={search !== ''} />)}
      {total > items.length ? (
        <li><Button size="small" onClick={() => setLimit(limit + AT_ONCE)}>Show more of {numberWords(total)}</Button></li>
      ) : null}
    </Box>
  );
}

function Node({ topic, whole }: { topic: Topic; whole: boolean }) {
  const [open, setOpen] = useState(false);
  const name = whole ? topic.topic : topic.name;
  return (
    <Box component="li">
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 0.5, py: 0.25, borderRadius: 1, '&:hover': { bgcolor: 'action.hover' } }}>
        {topic.children > 0 ? (
          <IconButton size="small" onClick={() => setOpen(!open)} aria-expanded={open} aria-label={`${open ? 'Close' : 'Open'} ${topic.topic}`}><Icon name={open ? 'fold' : 'unfold'} fontSize="small" /></IconButton>
        ) : <Box sx={{ width: 30, flex: 'none' }} />}
        <Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexWrap: 'wrap', columnGap: 2, justifyContent: 'space-between', py: 0.5 }}>
          <Typography variant="body2" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{name === '' ? '(empty level)' : name}</Typography>
          <Typography variant="body2" component="span" sx={{ color: 'text.secondary', display: 'flex', flexWrap: 'wrap', columnGap: 2 }}>
            {topic.children > 0 ? <span>{plural(topic.children, 'level')} below</span> : null}
            {topic.messages > 0 ? <span>{plural(topic.messages, 'message')}</span> : null}
            {topic.lastSeen ? <span>last <Moment at={topic.lastSeen} as="ago" /></span> : null}
            {topic.retained ? <Link component={To} to={`/retained?search=${encodeURIComponent(topic.topic)}`}>retained</Link> : null}
          </Typography>
        </Box>
      </Box>
      {open ? <Box sx={theme => ({ ml: '14px', pl: 1, borderLeft: `1px solid ${theme.palette.divider}` })}><Level parent={topic.topic} search="" /></Box> : null}
    </Box>
  );
}
