import { Listing, PageHead } from '@charter/console-kit';
import { Empty, Icon, Moment } from '@charter/kit';
import Button from '@mui/material/Button';
import { usePages, type ReadOf } from '../api';

type Entry = ReadOf<'/api/audit'>['items'][number];

export default function Audit() {
  const pages = usePages('/api/audit');
  return (
    <>
      <PageHead title="Audit" actions={<Button variant="outlined" href="/api/audit/download" download startIcon={<Icon name="download" />}>Download as CSV</Button>}>What was done at the console, by whom, the latest first.</PageHead>
      <Listing label="Audit log" pages={pages} rows={answer => answer.items} idOf={(entry: Entry) => `${entry.at}${entry.action}${entry.target}${entry.status}`}
        columns={[
          { id: 'at', title: 'When', cell: entry => <Moment at={entry.at} as="stamp" /> },
          { id: 'who', title: 'Who', cell: entry => entry.who || 'Nobody logged in' },
          { id: 'action', title: 'What', cell: entry => <>{entry.action}{entry.target ? ` (${entry.target})` : ''}{entry.detail ? `: ${entry.detail}` : ''}</> },
          { id: 'outcome', title: 'Outcome', cell: entry => (entry.status === 0 ? '' : entry.status < 400 ? 'done' : `refused (${entry.status})`) },
          { id: 'address', title: 'From', cell: entry => entry.address },
        ]}
        empty={<Empty title="Nothing was done yet" icon="audit" />} />
    </>
  );
}
