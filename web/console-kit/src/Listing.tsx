import { Failure, Icon, numberWords, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import InputAdornment from '@mui/material/InputAdornment';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TableSortLabel from '@mui/material/TableSortLabel';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useState, type ReactNode } from 'react';
import type { Pages } from './api';

/** What was typed, once the typing has paused. */
export function useSettled(text: string, pause = 250): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause);
    return () => clearTimeout(timer);
  }, [text, pause]);
  return settled;
}

export interface Column<Row> {
  id: string;
  title: string;
  cell: (row: Row) => ReactNode;
  /** By what the server sorts it. */
  sort?: string;
  number?: boolean;
  /** Stays on one line: a short word, an address, a time. */
  short?: boolean;
  /** Though it stands first, it is not what the row is called. */
  plain?: boolean;
}

export interface Sorting {
  sort: string;
  order: 'asc' | 'desc';
}

interface ListingProps<Answer, Row> {
  label: string;
  pages: Pages<Answer>;
  rows: (answer: Answer) => readonly Row[];
  idOf: (row: Row) => string;
  columns: readonly Column<Row>[];
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
  /** What stands above the table: search and filters. */
  above?: ReactNode;
  /** What is shown in place of no rows. */
  empty: ReactNode;
  actions?: (row: Row) => ReactNode;
}

/** A table that becomes a list of cards where it is narrow. */
export function Listing<Answer, Row>({ label, pages, rows, idOf, columns, sorting, onSort, above, empty, actions }: ListingProps<Answer, Row>) {
  const { answer, onNext, onPrevious, page, limit } = pages;
  const shown = answer.data ? rows(answer.data) : [];
  const total = (answer.data as { total?: number } | undefined)?.total;
  return (
    <Paper variant="outlined" sx={{ overflow: 'hidden' }}>
      {above ? <Stack direction={{ xs: 'column', sm: 'row' }} spacing={1.5} sx={{ p: 2, alignItems: { xs: 'stretch', sm: 'center' } }}>{above}</Stack> : null}
      {answer.error ? <Box sx={{ px: 2, pb: 2, pt: above ? 0 : 2 }}><Failure of={answer.error} again={() => void answer.refetch()} /></Box> : null}
      {answer.isPending ? <Box sx={{ px: 2 }}><Working text={`Reading: ${label}`} /></Box> : null}
      {answer.data && shown.length === 0 ? empty : null}
      {shown.length > 0 ? (
        <Box sx={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={label}>
          <Table size="small" aria-label={label} sx={{ display: { xs: 'block', sm: 'table' }, '& tbody': { display: { xs: 'block', sm: 'table-row-group' } } }}>
            <TableHead sx={{ display: { xs: 'none', sm: 'table-header-group' } }}>
              <TableRow>
                {columns.map(column => (
                  <TableCell key={column.id} align={column.number ? 'right' : 'left'} sx={{ whiteSpace: 'nowrap' }}
                    {...(sorting && sorting.sort === column.sort ? { sortDirection: sorting.order } : {})}>
                    {column.sort && sorting && onSort ? (
                      <TableSortLabel active={sorting.sort === column.sort} direction={sorting.sort === column.sort ? sorting.order : 'asc'}
                        onClick={() => onSort({ sort: column.sort ?? '', order: sorting.sort === column.sort && sorting.order === 'asc' ? 'desc' : 'asc' })}>
                        {column.title}
                      </TableSortLabel>
                    ) : column.title}
                  </TableCell>
                ))}
                {actions ? <TableCell align="right"><Box component="span" sx={{ position: 'absolute', clipPath: 'inset(50%)', width: '1px', height: '1px', overflow: 'hidden' }}>Actions</Box></TableCell> : null}
              </TableRow>
            </TableHead>
            <TableBody>
              {shown.map(row => (
                <TableRow key={idOf(row)} hover sx={theme => ({ display: { xs: 'block', sm: 'table-row' }, borderBottom: { xs: `1px solid ${theme.palette.divider}`, sm: 'none' }, py: { xs: 1, sm: 0 } })}>
                  {columns.map((column, index) => (
                    <TableCell key={column.id} align={column.number ? 'right' : 'left'}
                      sx={{
                        display: { xs: column.cell(row) === '' ? 'none' : 'flex', sm: 'table-cell' }, flexDirection: 'row', gap: 1.5, border: { xs: 'none', sm: undefined }, py: { xs: 0.25, sm: 1 }, textAlign: { xs: 'left' },
                        overflowWrap: 'anywhere', minWidth: index === 0 ? { sm: 140, lg: 180 } : { sm: 0 }, ...(column.short || column.number ? { whiteSpace: { sm: 'nowrap' } } : {}), fontVariantNumeric: column.number ? 'tabular-nums' : undefined, verticalAlign: 'top',
                        ...(column.number ? { textAlign: { xs: 'left', sm: 'right' } } : {}),
                      }}>
                      {index === 0 ? null : <Typography component="span" variant="body2" aria-hidden sx={{ display: { xs: 'inline', sm: 'none' }, color: 'text.secondary', flex: '0 0 6.5rem' }}>{column.title}</Typography>}
                      <Box component="span" sx={{ fontWeight: { xs: index === 0 ? 600 : 400, sm: index === 0 && !column.plain ? 600 : 400 }, minWidth: 0 }}>{column.cell(row)}</Box>
                    </TableCell>
                  ))}
                  {actions ? <TableCell align="right" sx={{ display: { xs: 'block', sm: 'table-cell' }, border: { xs: 'none', sm: undefined }, textAlign: { xs: 'left', sm: 'right' }, px: { xs: 0.75, sm: 2 }, whiteSpace: 'nowrap', py: 0.5, verticalAlign: 'top' }}>{actions(row)}</TableCell> : null}
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Box>
      ) : null}
      {shown.length > 0 && (total !== undefined || onNext || onPrevious) ? (
        <Stack direction="row" spacing={1} sx={{ p: 1.5, px: 2, alignItems: 'center', justifyContent: 'space-between', flexWrap: 'wrap' }}>
          <Typography variant="body2" role="status" sx={{ color: 'text.secondary' }}>
            {numberWords(page * limit + 1)} to {numberWords(page * limit + shown.length)}{total === undefined ? '' : ` of ${numberWords(total)}`}
          </Typography>
          {onNext || onPrevious ? (
            <Stack direction="row" spacing={1}>
              <Button size="small" onClick={onPrevious} disabled={!onPrevious}>Previous</Button>
              <Button size="small" onClick={onNext} disabled={!onNext}>Next</Button>
            </Stack>
          ) : null}
        </Stack>
      ) : null}
    </Paper>
  );
}

export function SearchField({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) {
  return (
    <TextField type="search" label={label} value={value} onChange={event => onChange(event.target.value)} sx={{ minWidth: { sm: 300 } }}
      slotProps={{ input: { startAdornment: <InputAdornment position="start"><Icon name="search" fontSize="small" /></InputAdornment> } }} />
  );
}
