import { PageHead, useMay } from '@charter/console-kit';
import { Confirm, Empty, Facts, Failure, Moment, numberWords, plural, Section, spanWords, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link as To, useNavigate, useParams } from 'react-router';
import { post, remove, useChange, useRead } from '../api';
import { Connected } from './Clients';

export default function ClientPage() {
  const id = useParams()['id'] ?? '';
  const details = useRead('/api/clients/{id}', { parameters: { id }, every: 5_000 });
  const operator = useMay('operator');
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'disconnect' | 'delete'>();
  const disconnect = useChange(() => post('/api/clients/{id}/disconnect', undefined, { id }), ['/api/clients', '/api/clients/{id}'], () => setAsking(undefined));
  const del = useChange(() => remove('/api/clients/{id}', { id }), ['/api/clients'], () => { void navigate('/clients'); });
  if (!details.data) return details.isPending ? <Working text="Reading the client" /> : <><Back /><Failure of={details.error} again={() => void details.refetch()} /></>;
  const { client, subscriptions, events } = details.data;
  return (
    <>
      <Back />
      <PageHead title={client.clientId} actions={operator ? <>
        {client.connected ? <Button variant="outlined" onClick={() => setAsking('disconnect')}>Disconnect</Button> : null}
        <Button variant="outlined" color="error" onClick={() => setAsking('delete')}>Delete</Button>
      </> : undefined} />
      <Failure of={details.error} />
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' }, alignItems: 'start' }}>
        <Section title="Session">
          <Facts of={[
            ['State', <Connected is={client.connected} />],
            ['Connected', client.connectedAt ? <><Moment at={client.connectedAt} as="stamp" /> (<Moment at={client.connectedAt} as="ago" />)</> : undefined],
            ['Away since', !client.connected && client.disconnectedAt ? <><Moment at={client.disconnectedAt} as="stamp" /> (<Moment at={client.disconnectedAt} as="ago" />)</> : undefined],
            ['User', client.username],
            ['Address', client.ip],
            ['Listener', client.listener],
            ['Protocol', client.protocol],
            ['Keep-alive', client.keepAlive === 0 ? 'None' : plural(client.keepAlive, 'second')],
            ['Begun anew', client.cleanStart ? 'Yes, with a clean start' : 'No, it went on with its session'],
            ['Kept when away', client.sessionExpirySeconds === 0 ? 'No' : `For ${spanWords(client.sessionExpirySeconds * 1000)}`],
            ['Waiting messages', numberWords(client.queued)],
          ]} />
        </Section>
        <Stack spacing={2} sx={{ minWidth: 0 }}>
          <Section title={`Subscriptions (${numberWords(subscriptions.length)})`}>
            {subscriptions.length === 0 ? <Typography variant="body2" sx={{ color: 'text.secondary' }}>This client has subscribed to nothing.</Typography> : (
              <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, maxHeight: 320, overflow: 'auto' }} tabIndex={0}>
                {subscriptions.map(one => (
                  <Box component="li" key={one.filter} sx={{ display: 'flex', gap: 2, justifyContent: 'space-between', py: 0.5 }}>
                    <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>{one.filter}</Typography>
                    <Typography variant="body2" sx={{ color: 'text.secondary', flex: 'none' }}>QoS {one.qos}{one.noLocal ? ', not its own' : ''}</Typography>
                  </Box>
                ))}
              </Box>
            )}
          </Section>
          <Section title="What happened">
            {events.length === 0 ? <Empty title="Nothing since the server's start" icon="clock" /> : (
              <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, maxHeight: 420, overflow: 'auto' }} tabIndex={0}>
                {events.map(event => (
                  <Box component="li" key={`${event.at}${event.kind}${event.text}`} sx={{ py: 0.75 }}>
                    <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>{event.text}</Typography>
                    <Typography variant="caption" sx={{ color: 'text.secondary' }}><Moment at={event.at} as="stamp" /></Typography>
                  </Box>
                ))}
              </Box>
            )}
          </Section>
        </Stack>
      </Box>
      {asking === 'disconnect' ? (
        <Confirm title="Disconnect this client?" does="Disconnect the client" working={disconnect.isPending} failure={disconnect.error} onYes={() => disconnect.mutate(undefined)} onNo={() => setAsking(undefined)}>
          <Typography sx={{ overflowWrap: 'anywhere' }}>{client.clientId} is cut off now. It may connect again at once; its session stays.</Typography>
        </Confirm>
      ) : null}
      {asking === 'delete' ? (
        <Confirm title="Delete this client?" does="Delete the client" destroys working={del.isPending} failure={del.error} onYes={() => del.mutate(undefined)} onNo={() => setAsking(undefined)}>
          <Typography sx={{ overflowWrap: 'anywhere' }}>Lost are the session of {client.clientId}, its {plural(client.subscriptions, 'subscription')} and the {plural(client.queued, 'message')} waiting for it.</Typography>
        </Confirm>
      ) : null}
    </>
  );
}

function Back() {
  return <Link component={To} to="/clients" variant="body2" sx={{ alignSelf: 'flex-start' }}>All clients</Link>;
}
