import { inAddress, Listing, PageHead, SearchField, useMay, useSettled } from '@charter/console-kit';
import { bytesWords, Confirm, copy, Empty, Facts, Failure, Icon, MONOSPACE, spanWords, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { remove, useChange, usePages, useRead, type ReadOf } from '../api';

type Item = ReadOf<'/api/retained'>['items'][number];

export default function Retained() {
  const [asked] = useSearchParams();
  const [search, setSearch] = useState(asked.get('search') ?? '');
  const settled = useSettled(search);
  const pages = usePages('/api/retained', { search: settled });
  const operator = useMay('operator');
  const [shown, setShown] = useState<string>();
  const [deleting, setDeleting] = useState<string>();
  return (
    <>
      <PageHead title="Retained messages">The message that each topic keeps for whoever subscribes later.</PageHead>
      <Listing label="Retained messages" pages={pages} rows={answer => answer.items} idOf={(item: Item) => item.topic}
        columns={[
          { id: 'topic', title: 'Topic', cell: item => <Link component="button" type="button" onClick={() => setShown(item.topic)} sx={{ textAlign: 'left', font: 'inherit', overflowWrap: 'anywhere' }}>{item.topic}</Link> },
          { id: 'qos', title: 'QoS', number: true, cell: item => item.qos },
          { id: 'bytes', title: 'Size', number: true, cell: item => bytesWords(item.bytes) },
        ]}
        above={<SearchField label="Part of a topic" value={search} onChange={setSearch} />}
        empty={settled !== '' ? <Empty title="No retained message has such a topic" icon="search" /> : <Empty title="Nothing is retained" icon="retained">A message that is published with the retain flag stays here until another takes its place, or it is deleted.</Empty>}
        {...(operator ? { actions: (item: Item) => <Button size="small" color="error" onClick={() => setDeleting(item.topic)} aria-label={`Delete the message of ${item.topic}`}>Delete</Button> } : {})} />
      {shown === undefined ? null : <Show topic={shown} onClose={() => setShown(undefined)} />}
      {deleting === undefined ? null : <Delete topic={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}

function Show({ topic, onClose }: { topic: string; onClose: () => void }) {
  const message = useRead('/api/retained/{topic}', { parameters: { topic: inAddress(topic) } });
  const [told, setTold] = useState('');
  const of = message.data;
  const text = of ? of.text ?? of.payload : '';
  const put = () => {
    copy(text).then(() => setTold('Copied'), (problem: unknown) => setTold(problem instanceof Error ? problem.message : String(problem)));
  };
  return (
    <Confirm title={topic} does="Close" onYes={onClose} onNo={onClose}>
      {message.isPending ? <Working text="Reading the message" /> : null}
      <Failure of={message.error} />
      {of ? (
        <>
          <Facts of={[
            ['QoS', String(of.qos)], ['Size', bytesWords(of.bytes)], ['Content type', of.contentType],
            ['Kept', of.expirySeconds === undefined || of.expirySeconds === null ? 'Until another takes its place' : `For ${spanWords(of.expirySeconds * 1000)}`],
            ['Payload', of.text === undefined || of.text === null ? 'Not a text: shown as base64' : 'A text'],
          ]} />
          <Box component="pre" tabIndex={0} role="group" aria-label="Payload"
            sx={theme => ({ m: 0, p: 1.5, maxHeight: 320, overflow: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', fontFamily: MONOSPACE, fontSize: '0.8125rem', border: `1px solid ${theme.palette.divider}`, borderRadius: 1, bgcolor: 'background.default' })}>
            {text}
          </Box>
          <Box><Button size="small" variant="outlined" startIcon={<Icon name="copy" />} onClick={put}>{told || 'Copy'}</Button></Box>
        </>
      ) : null}
    </Confirm>
  );
}

function Delete({ topic, onClose }: { topic: string; onClose: () => void }) {
  const change = useChange(() => remove('/api/retained/{topic}', { topic: inAddress(topic) }), ['/api/retained', '/api/overview'], onClose);
  return (
    <Confirm title="Delete this retained message?" does="Delete the message" destroys working={change.isPending} failure={change.error} onYes={() => change.mutate(undefined)} onNo={onClose}>
      <Typography sx={{ overflowWrap: 'anywhere' }}>Lost is the message that {topic} keeps. Who has received it already keeps it; who subscribes later gets none.</Typography>
    </Confirm>
  );
}
