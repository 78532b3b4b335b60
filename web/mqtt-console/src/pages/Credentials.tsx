import { Listing, PageHead, SearchField, useMay, useSettled } from '@charter/console-kit';
import { Code, Confirm, Empty, Icon, MONOSPACE, plural } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { post, put, remove, useChange, usePages, type ReadOf } from '../api';

type MqttUser = ReadOf<'/api/mqtt-users'>['items'][number];
type Rule = MqttUser['rules'][number];

type Open = { what: 'add' } | { what: 'change' | 'delete'; user: MqttUser };

const ACTIONS: Record<string, string> = { publish: 'publish to', subscribe: 'subscribe to', both: 'publish and subscribe to' };

export default function Credentials() {
  const [search, setSearch] = useState('');
  const settled = useSettled(search);
  const pages = usePages('/api/mqtt-users');
  const administrator = useMay('administrator');
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const add = <Button variant="contained" startIcon={<Icon name="add" />} onClick={() => setOpen({ what: 'add' })}>Add MQTT credentials</Button>;
  return (
    <>
      <PageHead title="MQTT credentials" actions={administrator ? add : undefined}>Whom MQTT clients log in as, and what each may publish and subscribe to. Without credentials nobody comes in.</PageHead>
      <Listing label="MQTT credentials" pages={pages} rows={answer => answer.items.filter(user => user.name.toLowerCase().includes(settled.toLowerCase()))} idOf={(user: MqttUser) => user.name}
        columns={[
          { id: 'name', title: 'User', cell: user => user.name },
          { id: 'state', title: 'State', cell: user => (user.enabled ? 'May log in' : 'Locked') },
          { id: 'rules', title: 'Rules', cell: user => (user.rules.length === 0 ? 'None: may do nothing' : <Summary of={user.rules} />) },
        ]}
        above={<SearchField label="User" value={search} onChange={setSearch} />}
        empty={settled !== '' ? <Empty title="Nobody has such a name" icon="search" /> : <Empty title="Nobody may connect yet" icon="credentials" action={administrator ? add : undefined}>MQTT clients need a user name and a password. Add the first; there is none by default.</Empty>}
        {...(administrator ? {
          actions: (user: MqttUser) => <>
            <Button size="small" onClick={() => setOpen({ what: 'change', user })} aria-label={`Change ${user.name}`}>Change</Button>
            <Button size="small" color="error" onClick={() => setOpen({ what: 'delete', user })} aria-label={`Delete ${user.name}`}>Delete</Button>
          </>,
        } : {})} />
      {open?.what === 'add' ? <Edit onClose={close} /> : null}
      {open?.what === 'change' ? <Edit user={open.user} onClose={close} /> : null}
      {open?.what === 'delete' ? <Delete user={open.user} onClose={close} /> : null}
    </>
  );
}

const RULES_SHOWN = 3;

function Summary({ of }: { of: readonly Rule[] }) {
  return (
    <Box component="span" sx={{ display: 'block' }}>
      {of.slice(0, RULES_SHOWN).map((rule, index) => (
        <Box key={index} component="span" sx={{ display: 'block' }}>
          {rule.allow ? 'may ' : 'may not '}{ACTIONS[rule.action] ?? rule.action} <Code of={rule.filter} />
        </Box>
      ))}
      {of.length > RULES_SHOWN ? `and ${plural(of.length - RULES_SHOWN, 'more rule', 'more rules')}` : ''}
    </Box>
  );
}

function Edit({ user, onClose }: { user?: MqttUser; onClose: () => void }) {
  const [name, setName] = useState(user?.name ?? '');
  const [enabled, setEnabled] = useState(user?.enabled ?? true);
  const [password, setPassword] = useState('');
  const [rules, setRules] = useState<Rule[]>(user?.rules ? [...user.rules] : [{ action: 'both', allow: true, filter: '%u/#' }]);
  const save = useChange(async () => {
    const kept = rules.filter(rule => rule.filter.trim() !== '').map(rule => ({ ...rule, filter: rule.filter.trim() }));
    if (user) await put('/api/mqtt-users/{name}', { enabled, ...(password === '' ? {} : { password }), rules: kept }, { name: user.name });
    else await post('/api/mqtt-users', { name: name.trim(), enabled, password, rules: kept });
  }, ['/api/mqtt-users'], onClose);
  const change = (index: number, part: Partial<Rule>) => setRules(rules.map((rule, at) => (at === index ? { ...rule, ...part } : rule)));
  return (
    <Confirm title={user ? `Change ${user.name}` : 'Add MQTT credentials'} does={user ? 'Change the credentials' : 'Add the credentials'} working={save.isPending} disabled={!user && (name.trim() === '' || password === '')}
      failure={save.error} onYes={() => save.mutate(undefined)} onNo={onClose}>
      {user ? null : <TextField label="User name" value={name} onChange={event => setName(event.target.value)} autoFocus autoComplete="off" fullWidth helperText="Without + # and /" />}
      <TextField label={user ? 'New password' : 'Password'} type="password" value={password} onChange={event => setPassword(event.target.value)} autoComplete="new-password" fullWidth helperText={user ? "Empty: it stays as it is" : "Eight characters or more"} />
      <FormControlLabel control={<Switch checked={enabled} onChange={event => setEnabled(event.target.checked)} />} label="Clients may log in with this" />
      <Typography variant="h3" component="h3">Rules</Typography>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>What no rule allows is denied; a rule that denies wins. In a filter, + stands for one level, # for all that follow, %c for the client ID, %u for the user name.</Typography>
      {rules.map((rule, index) => (
        <Stack key={index} direction={{ xs: 'column', sm: 'row' }} spacing={1} sx={{ alignItems: { xs: 'stretch', sm: 'center' } }}>
          <TextField select label="Rule" value={rule.allow ? 'allow' : 'deny'} onChange={event => change(index, { allow: event.target.value === 'allow' })} sx={{ minWidth: 105 }}>
            <MenuItem value="allow">may</MenuItem>
            <MenuItem value="deny">may not</MenuItem>
          </TextField>
          <TextField select label="Action" value={rule.action} onChange={event => change(index, { action: event.target.value as Rule['action'] })} sx={{ minWidth: 130 }}>
            <MenuItem value="publish">publish</MenuItem>
            <MenuItem value="subscribe">subscribe</MenuItem>
            <MenuItem value="both">both</MenuItem>
          </TextField>
          <TextField label="Topic filter" value={rule.filter} onChange={event => change(index, { filter: event.target.value })} fullWidth slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: MONOSPACE } } }} />
          <IconButton onClick={() => setRules(rules.filter((_, at) => at !== index))} aria-label={`Remove rule ${index + 1}`}><Icon name="remove" fontSize="small" /></IconButton>
        </Stack>
      ))}
      <Box><Button size="small" startIcon={<Icon name="add" />} onClick={() => setRules([...rules, { action: 'both', allow: true, filter: '' }])}>Add a rule</Button></Box>
      {user ? <Typography variant="body2">Clients that lose a right are cut off at once.</Typography> : null}
    </Confirm>
  );
}

function Delete({ user, onClose }: { user: MqttUser; onClose: () => void }) {
  const change = useChange(() => remove('/api/mqtt-users/{name}', { name: user.name }), ['/api/mqtt-users'], onClose);
  return (
    <Confirm title={`Delete ${user.name}?`} does="Delete the credentials" destroys working={change.isPending} failure={change.error} onYes={() => change.mutate(undefined)} onNo={onClose}>
      <Typography sx={{ overflowWrap: 'anywhere' }}>All clients that are logged in as {user.name} are cut off at once and cannot come back.</Typography>
    </Confirm>
  );
}
