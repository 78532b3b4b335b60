import { PageHead } from '@charter/console-kit';
import { Actions, Empty, Icon, messageOf, Moment, MONOSPACE, Note, Section, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { MqttClient } from 'mqtt';
import { useEffect, useRef, useState } from 'react';
import { Link as To } from 'react-router';
import { useRead } from '../api';
import type { Received } from '../mqtt';
import { addressOf } from './Listeners';

const KEPT = 200;

type State = 'connecting' | 'connected' | 'away';

export default function TryOut() {
  const listeners = useRead('/api/listeners');
  const client = useRef<MqttClient | undefined>(undefined);
  const [state, setState] = useState<State>('away');
  const [failure, setFailure] = useState('');
  const [messages, setMessages] = useState<Received[]>([]);
  const [subscribed, setSubscribed] = useState<string[]>([]);
  useEffect(() => () => { client.current?.end(true); }, []);

  const open = (listeners.data?.items ?? []).filter(one => one.kind === (window.location.protocol === 'https:' ? 'wss' : 'ws') || one.kind === 'wss').flatMap(one => addressOf(one) ?? []);
  const connect = async (address: string, given: { clientId: string; username: string; password: string }) => {
    setFailure('');
    const { connect: to } = await import('../mqtt');
    client.current?.end(true);
    try {
      client.current = to(address, given, {
        onState: (next, why) => {
          setState(next);
          if (next === 'away') setSubscribed([]);
          if (why) setFailure(why);
        },
        onMessage: message => setMessages(before => [message, ...before].slice(0, KEPT)),
      });
    } catch (problem) {
      setState('away');
      setFailure(messageOf(problem));
    }
  };
  const subscribe = (filter: string, qos: 0 | 1 | 2) => {
    client.current?.subscribe(filter, { qos }, (problem, granted) => {
      const refused = granted?.some(one => one.qos >= 128);
      if (problem ?? refused) setFailure(`The server did not let this client subscribe to ${filter}.${problem ? ` ${problem.message}.` : ''} See the rules of its credentials.`);
      else {
        setFailure('');
        setSubscribed(before => [...new Set([...before, filter])]);
      }
    });
  };
  const unsubscribe = (filter: string) => {
    client.current?.unsubscribe(filter);
    setSubscribed(before => before.filter(one => one !== filter));
  };
  const publish = (topic: string, payload: string, qos: 0 | 1 | 2, retain: boolean) => {
    client.current?.publish(topic, payload, { qos, retain }, problem => setFailure(problem ? `The message was not published: ${problem.message}.` : ''));
  };

  return (
    <>
      <PageHead title="Publish and subscribe">An MQTT client in this page, to try topics and credentials out. It talks to the server over WebSocket.</PageHead>
      {listeners.isPending ? <Working text="Reading listeners" /> : null}
      {listeners.data && open.length === 0 ? (
        <Section><Empty title="No WebSocket listener is open" icon="listeners" action={<Button component={To} to="/listeners" variant="outlined">Listeners and certificates</Button>}>
          A page can talk MQTT over WebSocket only. Add a listener of that kind, or set the port CHARTER_MQTT_WS_PORT.
        </Empty></Section>
      ) : null}
      {failure ? <Note kind="warning">{failure}</Note> : null}
      {open.length > 0 ? (
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 5fr) minmax(0, 7fr)' }, alignItems: 'start' }}>
          <Stack spacing={2} sx={{ minWidth: 0 }}>
            <Connection addresses={open} state={state} onConnect={connect} onDisconnect={() => client.current?.end(true)} />
            {state === 'connected' ? <Subscribe subscribed={subscribed} onSubscribe={subscribe} onUnsubscribe={unsubscribe} /> : null}
            {state === 'connected' ? <Publish onPublish={publish} /> : null}
          </Stack>
          <Section title="Messages" aside={messages.length > 0 ? <Button size="small" onClick={() => setMessages([])}>Clear</Button> : undefined}>
            {messages.length === 0 ? <Empty title="Nothing has come yet" icon="publish">{state === 'connected' ? 'Subscribe to a topic; its messages appear here.' : 'Connect, then subscribe to a topic.'}</Empty> : (
              <Box component="ol" tabIndex={0} aria-label="Messages" aria-live="polite" sx={{ listStyle: 'none', m: 0, p: 0, maxHeight: '70vh', overflow: 'auto' }}>
                {messages.map(message => (
                  <Box component="li" key={message.number} sx={theme => ({ py: 1, borderBottom: `1px solid ${theme.palette.divider}` })}>
                    <Typography variant="caption" component="div" sx={{ color: 'text.secondary', display: 'flex', gap: 1.5, flexWrap: 'wrap' }}>
                      <Moment at={message.at} as="stamp" /><span>QoS {message.qos}</span>{message.retain ? <span>retained</span> : null}
                    </Typography>
                    <Typography variant="body2" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{message.topic}</Typography>
                    <Box component="pre" sx={{ m: 0, fontFamily: MONOSPACE, fontSize: '0.8125rem', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxHeight: 160, overflow: 'auto' }}>{message.text}</Box>
                  </Box>
                ))}
              </Box>
            )}
          </Section>
        </Box>
      ) : null}
    </>
  );
}

interface ConnectionProps {
  addresses: readonly string[];
  state: State;
  onConnect: (address: string, given: { clientId: string; username: string; password: string }) => Promise<void>;
  onDisconnect: () => void;
}

function Connection({ addresses, state, onConnect, onDisconnect }: ConnectionProps) {
  const [address, setAddress] = useState(addresses[0] ?? '');
  const [clientId, setClientId] = useState(() => `console-${Math.floor(Math.random() * 1e6).toString(36)}`);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  if (state !== 'away') {
    return (
      <Section title={state === 'connected' ? 'Connected' : 'Connecting'}>
        <Stack spacing={1.5}>
          <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>{clientId} at {address}</Typography>
          <Actions><Button variant="outlined" onClick={onDisconnect}>Disconnect</Button></Actions>
        </Stack>
      </Section>
    );
  }
  return (
    <Section title="Connection">
      <Stack component="form" noValidate spacing={1.75} onSubmit={event => { event.preventDefault(); void onConnect(address, { clientId, username, password }); }}>
        {addresses.length > 1 ? (
          <TextField select label="Listener" value={address} onChange={event => setAddress(event.target.value)} fullWidth>{addresses.map(one => <MenuItem key={one} value={one}>{one}</MenuItem>)}</TextField>
        ) : <Typography variant="body2" sx={{ fontFamily: MONOSPACE, overflowWrap: 'anywhere' }}>{address}</Typography>}
        <TextField label="Client ID" value={clientId} onChange={event => setClientId(event.target.value)} fullWidth autoComplete="off" />
        <TextField label="MQTT user" value={username} onChange={event => setUsername(event.target.value)} fullWidth autoComplete="off" />
        <TextField label="MQTT password" type="password" value={password} onChange={event => setPassword(event.target.value)} fullWidth autoComplete="off" />
        <Actions><Button type="submit" variant="contained">Connect</Button></Actions>
      </Stack>
    </Section>
  );
}

function Quality({ value, onChange }: { value: 0 | 1 | 2; onChange: (qos: 0 | 1 | 2) => void }) {
  return (
    <TextField select label="QoS" value={value} onChange={event => onChange(Number(event.target.value) as 0 | 1 | 2)} sx={{ minWidth: 80 }}>
      {[0, 1, 2].map(one => <MenuItem key={one} value={one}>{one}</MenuItem>)}
    </TextField>
  );
}

function Subscribe({ subscribed, onSubscribe, onUnsubscribe }: { subscribed: readonly string[]; onSubscribe: (filter: string, qos: 0 | 1 | 2) => void; onUnsubscribe: (filter: string) => void }) {
  const [filter, setFilter] = useState('');
  const [qos, setQos] = useState<0 | 1 | 2>(0);
  return (
    <Section title="Subscribe">
      <Stack component="form" noValidate spacing={1.5} onSubmit={event => { event.preventDefault(); if (filter.trim() !== '') onSubscribe(filter.trim(), qos); }}>
        <Stack direction="row" spacing={1}>
          <TextField label="Topic filter" value={filter} onChange={event => setFilter(event.target.value)} fullWidth placeholder="plant/#" />
          <Quality value={qos} onChange={setQos} />
        </Stack>
        <Actions><Button type="submit" variant="contained" disabled={filter.trim() === ''}>Subscribe</Button></Actions>
        {subscribed.map(one => (
          <Stack key={one} direction="row" spacing={1} sx={{ alignItems: 'center', justifyContent: 'space-between' }}>
            <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>{one}</Typography>
            <Button size="small" onClick={() => onUnsubscribe(one)} aria-label={`Unsubscribe from ${one}`}>Unsubscribe</Button>
          </Stack>
        ))}
      </Stack>
    </Section>
  );
}

function Publish({ onPublish }: { onPublish: (topic: string, payload: string, qos: 0 | 1 | 2, retain: boolean) => void }) {
  const [topic, setTopic] = useState('');
  const [payload, setPayload] = useState('');
  const [qos, setQos] = useState<0 | 1 | 2>(0);
  const [retain, setRetain] = useState(false);
  return (
    <Section title="Publish">
      <Stack component="form" noValidate spacing={1.5} onSubmit={event => { event.preventDefault(); if (topic.trim() !== '') onPublish(topic.trim(), payload, qos, retain); }}>
        <Stack direction="row" spacing={1}>
          <TextField label="Topic" value={topic} onChange={event => setTopic(event.target.value)} fullWidth />
          <Quality value={qos} onChange={setQos} />
        </Stack>
        <TextField label="Payload" value={payload} onChange={event => setPayload(event.target.value)} fullWidth multiline minRows={2} maxRows={8} slotProps={{ htmlInput: { style: { fontFamily: MONOSPACE } } }} />
        <FormControlLabel control={<Checkbox checked={retain} onChange={event => setRetain(event.target.checked)} />} label="Retain it for whoever subscribes later" />
        <Actions><Button type="submit" variant="contained" disabled={topic.trim() === ''} startIcon={<Icon name="publish" />}>Publish</Button></Actions>
      </Stack>
    </Section>
  );
}
