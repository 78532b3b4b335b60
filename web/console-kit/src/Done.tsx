import { Moment } from '@charter/kit';
import Box from '@mui/material/Box';
import type { Column } from './Listing';

/** What is done, told as done; where it can be refused, also what it is called as long as nothing came of it. */
export type DoneWords = Readonly<Record<string, string | readonly [done: string, asked: string]>>;

/** What is done at every console, in the words of the pages on which it is done. */
const EVERYWHERE: DoneWords = {
  'POST /api/setup': ['Set up the server', 'Setup of the server'], 'POST /api/session': ['Logged in', 'Login'], 'DELETE /api/session': ['Logged out', 'Logout'], 'PUT /api/session/password': ['Changed their password', 'Change of their password'],
  'POST /api/users': ['Added a user', 'New user'], 'PUT /api/users/{name}': ['Changed a user', 'Change of a user'], 'DELETE /api/users/{name}': ['Deleted a user', 'Deletion of a user'],
  start: 'Started', 'first administrator': 'Made the first administrator',
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

/** The columns of an audit log. What was refused or failed is called by what was asked for: nothing reads as if it had been done. What the words do not have is told as the server tells it. */
export function doneColumns<Entry extends Done>(words: DoneWords): readonly Column<Entry>[] {
  const known: DoneWords = { ...EVERYWHERE, ...words };
  const whatOf = ({ action, status }: Entry) => {
    const named = known[action] ?? action;
    return typeof named === 'string' ? named : named[doneWith(status) ? 0 : 1];
  };
  return [
    { id: 'at', title: 'When', short: true, plain: true, cell: entry => <Moment at={entry.at} as="stamp" /> },
    { id: 'who', title: 'Who', cell: entry => (entry.who === '(server)' ? 'The server' : entry.who || 'Nobody logged in') },
    { id: 'action', title: 'What', cell: entry => <span>{whatOf(entry)}{entry.target ? ` (${entry.target})` : ''}{entry.detail ? `: ${entry.detail}` : ''}</span> },
    { id: 'outcome', title: 'Outcome', short: true, cell: entry => (!entry.status ? '' : doneWith(entry.status) ? 'done' : <Box component="span" sx={{ color: 'error.main' }}>{entry.status < 500 ? 'refused' : 'failed'} ({entry.status})</Box>) },
    { id: 'address', title: 'From', cell: entry => entry.address ?? '' },
  ];
}

/** Whether that HTTP status says that it was done; what has none was not asked for, it happened. */
function doneWith(status = 0): boolean {
  return status < 400;
}
