import { Confirm, Empty, Moment, request } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState, type ReactNode } from 'react';
import { addressOf, useChange, usePaging } from './api';
import { Listing } from './Listing';
import { PageHead } from './Page';
import { useSession } from './session';

interface User {
  name: string;
  role: string;
  createdAt: string;
}

/** Each role with what people call it and what it may do. */
export type Roles = readonly (readonly [role: string, title: string, text: string])[];

type Open = { what: 'add' } | { what: 'change' | 'delete'; user: User };

/** Who may log in to the console. */
export function Users({ roles, children }: { roles: Roles; children?: ReactNode }) {
  const pages = usePaging<{ items: User[] }>('/api/users');
  const { user: me } = useSession();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  return (
    <>
      <PageHead title="Users" actions={<Button variant="contained" onClick={() => setOpen({ what: 'add' })}>Add a user</Button>}>Who may log in to this console. {children}</PageHead>
      <Listing label="Users" pages={pages} rows={answer => answer.items} idOf={(user: User) => user.name}
        columns={[
          { id: 'name', title: 'Name', cell: user => <>{user.name}{user.name === me?.name ? <Typography component="span" variant="body2" sx={{ color: 'text.secondary' }}> (you)</Typography> : null}</> },
          { id: 'role', title: 'Role', cell: user => <Box sx={{ minWidth: '7.5em' }}><Role roles={roles} of={user.role} /></Box> },
          { id: 'since', title: 'Added', cell: user => <Box sx={{ minWidth: '6em' }}><Moment at={user.createdAt} /></Box> },
        ]}
        empty={<Empty title="No users" icon="users" />}
        actions={user => <>
          <Button size="small" onClick={() => setOpen({ what: 'change', user })} aria-label={`Change ${user.name}`}>Change</Button>
          <Button size="small" color="error" onClick={() => setOpen({ what: 'delete', user })} aria-label={`Delete ${user.name}`}>Delete</Button>
        </>} />
      {open?.what === 'add' ? <Add roles={roles} onClose={close} /> : null}
      {open?.what === 'change' ? <Change roles={roles} user={open.user} onClose={close} /> : null}
      {open?.what === 'delete' ? <Delete user={open.user} self={open.user.name === me?.name} onClose={close} /> : null}
    </>
  );
}

function Role({ roles, of }: { roles: Roles; of: string }) {
  const [, title, text] = roles.find(([id]) => id === of) ?? [of, of, ''];
  return <>{title}{text ? <Typography component="span" variant="body2" sx={{ display: 'block', color: 'text.secondary' }}>{text}</Typography> : null}</>;
}

function RoleField({ roles, value, onChange }: { roles: Roles; value: string; onChange: (role: string) => void }) {
  return (
    <TextField select label="Role" value={value} onChange={event => onChange(event.target.value)} fullWidth slotProps={{ select: { renderValue: chosen => roles.find(([id]) => id === chosen)?.[1] ?? String(chosen) } }}
      helperText={roles.find(([id]) => id === value)?.[2]}>
      {roles.map(([id]) => <MenuItem key={id} value={id} sx={{ whiteSpace: 'normal' }}><span><Role roles={roles} of={id} /></span></MenuItem>)}
    </TextField>
  );
}

function Add({ roles, onClose }: { roles: Roles; onClose: () => void }) {
  const [name, setName] = useState('');
  const [role, setRole] = useState('viewer');
  const [password, setPassword] = useState('');
  const add = useChange(() => request('POST', '/api/users', { name: name.trim(), role, password }), ['/api/users'], onClose);
  return (
    <Confirm title="Add a user" does="Add the user" working={add.isPending} disabled={name.trim() === '' || password === ''} failure={add.error} onYes={() => add.mutate(undefined)} onNo={onClose}>
      <TextField label="Name" value={name} onChange={event => setName(event.target.value)} autoFocus autoComplete="off" fullWidth />
      <RoleField roles={roles} value={role} onChange={setRole} />
      <TextField label="Password" type="password" value={password} onChange={event => setPassword(event.target.value)} autoComplete="new-password" fullWidth helperText="At least 10 characters. The user can change it." />
    </Confirm>
  );
}

function Change({ roles, user, onClose }: { roles: Roles; user: User; onClose: () => void }) {
  const [role, setRole] = useState(user.role);
  const [password, setPassword] = useState('');
  const change = useChange(() => request('PUT', addressOf('/api/users/{name}', { name: user.name }), { ...(role === user.role ? {} : { role }), ...(password === '' ? {} : { password }) }), ['/api/users'], onClose);
  return (
    <Confirm title={`Change ${user.name}`} does="Change the user" working={change.isPending} disabled={role === user.role && password === ''} failure={change.error} onYes={() => change.mutate(undefined)} onNo={onClose}>
      <RoleField roles={roles} value={role} onChange={setRole} />
      <TextField label="New password" type="password" value={password} onChange={event => setPassword(event.target.value)} autoComplete="new-password" fullWidth helperText="Empty: it stays as it is" />
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>All sessions of {user.name} end.</Typography>
    </Confirm>
  );
}

function Delete({ user, self, onClose }: { user: User; self: boolean; onClose: () => void }) {
  const change = useChange(() => request('DELETE', addressOf('/api/users/{name}', { name: user.name })), ['/api/users'], onClose);
  return (
    <Confirm title={`Delete ${user.name}?`} does="Delete the user" destroys working={change.isPending} failure={change.error} onYes={() => change.mutate(undefined)} onNo={onClose}>
      <Typography sx={{ overflowWrap: 'anywhere' }}>{self ? 'This is you: you are logged out everywhere and cannot log in again. What you did' : `${user.name} is logged out everywhere and cannot log in again. What ${user.name} did`} stays in the audit log.</Typography>
    </Confirm>
  );
}
