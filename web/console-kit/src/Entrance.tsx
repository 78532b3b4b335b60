import { Failure, Icon, Note, request, type IconName } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useChange } from './api';
import type { Session } from './session';

const SHORTEST_PASSWORD = 10;

function useEnter() {
  const client = useQueryClient();
  return (session: Session) => client.setQueryData(['/api/session', {}, {}], session);
}

/** The first visit: whoever can read the server's output makes the first administrator. */
export function SetUp({ icon }: { icon: IconName }) {
  const enter = useEnter();
  const [token, setToken] = useState('');
  const [name, setName] = useState('admin');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const setUp = useChange(() => request('POST', '/api/setup', { token: token.trim(), name: name.trim(), password }) as Promise<Session>, [], enter);
  const different = again !== '' && again !== password;
  const short = password !== '' && password.length < SHORTEST_PASSWORD;
  const ready = token.trim() !== '' && name.trim() !== '' && password.length >= SHORTEST_PASSWORD && again === password;
  return (
    <Door icon={icon} title="Set up this server" text="This server has no administrator yet. The setup token shows that you may make one: the server printed it when it started." does="Set up"
      working={setUp.isPending} ready={ready} onSubmit={() => setUp.mutate(undefined)}>
      <TextField label="Setup token" value={token} onChange={event => setToken(event.target.value)} autoFocus autoComplete="one-time-code" fullWidth slotProps={{ htmlInput: { spellCheck: false } }} />
      <TextField label="Administrator's name" value={name} onChange={event => setName(event.target.value)} autoComplete="username" fullWidth />
      <TextField label="Password" type="password" value={password} onChange={event => setPassword(event.target.value)} autoComplete="new-password" fullWidth error={short}
        helperText={`At least ${SHORTEST_PASSWORD} characters: a few words are good`} />
      <TextField label="Password, once more" type="password" value={again} onChange={event => setAgain(event.target.value)} autoComplete="new-password" fullWidth error={different}
        helperText={different ? 'This is another one than above' : ' '} />
      <Failure of={setUp.error} />
    </Door>
  );
}

export function LogIn({ product, icon }: { product: string; icon: IconName }) {
  const enter = useEnter();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const logIn = useChange(() => request('POST', '/api/session', { name: name.trim(), password }) as Promise<Session>, [], enter);
  return (
    <Door icon={icon} title={product} text="Log in to the console." does="Log in" working={logIn.isPending} ready={name.trim() !== '' && password !== ''} onSubmit={() => logIn.mutate(undefined)}>
      <TextField label="Name" value={name} onChange={event => setName(event.target.value)} autoFocus autoComplete="username" fullWidth />
      <TextField label="Password" type="password" value={password} onChange={event => setPassword(event.target.value)} autoComplete="current-password" fullWidth />
      <Failure of={logIn.error} />
      {logIn.error ? <Note>A forgotten password is set anew by another administrator, on the page Users.</Note> : null}
    </Door>
  );
}

interface DoorProps {
  icon: IconName;
  title: string;
  text: string;
  does: string;
  working: boolean;
  ready: boolean;
  onSubmit: () => void;
  children: ReactNode;
}

function Door({ icon, title, text, does, working, ready, onSubmit, children }: DoorProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !working) onSubmit();
  };
  return (
    <Box component="main" sx={{ minHeight: '100vh', display: 'grid', placeItems: { xs: 'start center', sm: 'center' }, p: 2 }}>
      <Paper variant="outlined" sx={{ p: { xs: 2.5, sm: 4 }, width: '100%', maxWidth: 440 }}>
        <Stack component="form" noValidate spacing={2.25} onSubmit={submit}>
          <Stack direction="row" spacing={1.5} sx={{ alignItems: 'center' }}>
            <Box aria-hidden sx={{ width: 40, height: 40, borderRadius: 1.5, bgcolor: 'primary.main', color: 'primary.contrastText', display: 'grid', placeItems: 'center' }}><Icon name={icon} /></Box>
            <Typography variant="h1">{title}</Typography>
          </Stack>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>{text}</Typography>
          {children}
          <Button type="submit" variant="contained" size="large" disabled={!ready || working}>{does}</Button>
        </Stack>
      </Paper>
    </Box>
  );
}
