import { Moment } from '@charter/kit';
import Box from '@mui/material/Box';
import type { Column } from './Listing';

/** What is done at every console, in the words of the pages on which it is done. */
const EVERYWHERE: Readonly<Record<string, string>> = {
  'POST /api/setup': 'Set up the server', 'POST /api/session': 'Logged in', 'DELETE /api/session': 'Logged out', 'PUT /api/session/password': 'Changed their password',
  'POST /api/users': 'Added a user', 'PUT /api/users/{name}': 'Changed a user', 'DELETE /api/users/{name}': 'Deleted a user', start: 'Started',
};

/** Something that was done, or happened. */
interface Done {
  at: string;
  who: string;
  action: string;
  target: string;
  detail: string;
  status?: number | undefined;
  address?: string | undefined;
}

/** The columns of an audit log. What the words do not have is told as the server tells it. */
export function doneColumns<Entry extends Done>(words: Readonly<Record<string, string>>): readonly Column<Entry>[] {
  const known = { ...EVERYWHERE, ...words };
  return [
    { id: 'at', title: 'When', short: true, plain: true, cell: entry => <Moment at={entry.at} as="stamp" /> },
    { id: 'who', title: 'Who', cell: entry => (entry.who === '(server)' ? 'The server' : entry.who || 'Nobody logged in') },
    { id: 'action', title: 'What', cell: entry => <span>{known[entry.action] ?? entry.action}{entry.target ? ` (${entry.target})` : ''}{entry.detail ? `: ${entry.detail}` : ''}</span> },
    { id: 'outcome', title: 'Outcome', short: true, cell: entry => (!entry.status ? '' : entry.status < 400 ? 'done' : <Box component="span" sx={{ color: 'error.main' }}>refused ({entry.status})</Box>) },
    { id: 'address', title: 'From', cell: entry => entry.address ?? '' },
  ];
}
