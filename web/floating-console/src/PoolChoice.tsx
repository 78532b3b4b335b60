import { Empty, Failure, Icon, Working } from '@charter/kit';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState, type ReactNode } from 'react';
import { Link as To } from 'react-router';
import { useOverview, type PoolView } from './api';

/** The pool that was chosen last, for all pages of this visit. */
let lastChosen = '';

/** Shows what there is of one pool; where there are several, with a field to choose one. */
export function OfPool({ children }: { children: (pool: PoolView, choice: ReactNode) => ReactNode }) {
  const overview = useOverview();
  const [chosen, setChosen] = useState(lastChosen);
  if (!overview.data) return overview.isPending ? <Working text="Reading the pools" /> : <Failure of={overview.error} again={() => void overview.refetch()} />;
  const { pools } = overview.data;
  const pool = pools.find(one => one.license === chosen) ?? pools[0];
  if (!pool) return <NoPool />;
  const choose = (license: string) => {
    lastChosen = license;
    setChosen(license);
  };
  const choice = pools.length > 1 ? (
    <TextField select label="Pool" value={pool.license} onChange={event => choose(event.target.value)} sx={{ minWidth: { sm: 240 }, maxWidth: { sm: 420 } }}>
      {pools.map(one => <MenuItem key={one.license} value={one.license} sx={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>{one.product} ({one.license})</MenuItem>)}
    </TextField>
  ) : null;
  return <>{children(pool, choice)}</>;
}

/** Nothing is lent yet, and how to get there. */
export function NoPool() {
  return (
    <Empty title="No pool of seats yet" icon="license" action={<Button component={To} to="/license" variant="contained" startIcon={<Icon name="license" />}>To the license</Button>}>
      A pool appears here as soon as a floating license is installed. Make a request for one, send it to the vendor, and install what comes back.
    </Empty>
  );
}
