import { PageHead, useMay } from '@charter/console-kit';
import { Actions, answerTo, bytesWords, type Answer, Confirm, Facts, Failure, Icon, Moment, Note, numberWords, plural, Section, spanWords, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useRef, useState } from 'react';
import { useChange, useRead, type ReadOf } from '../api';
import type { paths } from '../../../generated/console';

export default function System() {
  const system = useRead('/api/system', { every: 30_000 });
  const administrator = useMay('administrator');
  const of = system.data;
  if (!of) return system.isPending ? <Working text="Reading the system" /> : <><PageHead title="System" /><Failure of={system.error} again={() => void system.refetch()} /></>;
  return (
    <>
      <PageHead title="System" />
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' }, alignItems: 'start' }}>
        <Section title="This server">
          <Facts of={[
            ['Version', `${of.product} ${of.version}`],
            ['Started', <><Moment at={of.startedAt} as="stamp" /> ({spanWords(of.uptimeSeconds * 1000)} ago)</>],
            ['Its clock', <Moment at={of.now} as="stamp" />],
            ['Host', of.hostName],
            ['System', of.operatingSystem],
            ['Java', of.java],
            ['Processors', numberWords(of.processors)],
            ['Memory', `${bytesWords(of.heapUsedBytes)} of ${bytesWords(of.heapMaxBytes)}`],
            ['Data folder', of.dataFolder],
            ['Disk', `${bytesWords(of.diskFreeBytes)} free of ${bytesWords(of.diskTotalBytes)}`],
          ]} />
        </Section>
        {administrator ? <Backup /> : null}
      </Box>
      <Settings of={of.settings} />
    </>
  );
}

type Restored = Answer<paths['/api/system/restore']['post']>;

function Backup() {
  const chooser = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File>();
  const [restored, setRestored] = useState<Restored>();
  const restore = useChange(async (chosen: File) => {
    const answer = await answerTo('POST', '/api/system/restore', new Blob([chosen], { type: 'application/zip' }));
    return await answer.json() as Restored;
  }, ['/api/retained', '/api/users', '/api/mqtt-users', '/api/listeners', '/api/certificates'], outcome => { setFile(undefined); setRestored(outcome); });
  return (
    <Section title="Backup and restore">
      <Stack spacing={1.5}>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>A backup holds everything but this host's key: settings, users, credentials, certificates, retained messages. Keep it where you keep secrets.</Typography>
        <Actions>
          <Button variant="outlined" href="/api/system/backup" download startIcon={<Icon name="download" />}>Download a backup</Button>
          <Button variant="outlined" startIcon={<Icon name="upload" />} onClick={() => chooser.current?.click()}>Restore a backup</Button>
        </Actions>
        <input ref={chooser} type="file" accept=".zip,application/zip" hidden aria-label="Backup to restore" tabIndex={-1} onChange={event => { setFile(event.target.files?.[0]); event.target.value = ''; }} />
        {restored ? (
          <Note kind="success">
            Restored: {plural(restored.files.length, 'file')} and {plural(restored.retained, 'retained message')}.{restored.restartNeeded ? ' The rest of it holds from the server\'s next start on.' : ''}
          </Note>
        ) : null}
      </Stack>
      {file ? (
        <Confirm title="Restore this backup?" does="Restore the backup" destroys working={restore.isPending} failure={restore.error} onYes={() => restore.mutate(file)} onNo={() => { restore.reset(); setFile(undefined); }}>
          <Typography sx={{ overflowWrap: 'anywhere' }}>What is here now is replaced by what {file.name} holds: users, credentials, certificates, listeners and retained messages. What came after that backup is lost. This host's key stays.</Typography>
        </Confirm>
      ) : null}
    </Section>
  );
}

function Settings({ of }: { of: ReadOf<'/api/system'>['settings'] }) {
  return (
    <Section title="Settings" flush>
      <Typography variant="body2" sx={{ color: 'text.secondary', px: { xs: 2, sm: 2.5 }, pb: 1.5 }}>They come from the environment or from the file mqtt-server.properties in the data folder, and are read at each start.</Typography>
      <Box sx={{ overflowX: 'auto' }} tabIndex={0} role="group" aria-label="All settings">
        <Table size="small" sx={theme => ({ [theme.breakpoints.down('sm')]: { '&, & tbody, & tr, & td': { display: 'block' }, '& thead': { display: 'none' }, '& td': { border: 'none', py: 0.25 }, '& tr': { borderTop: `1px solid ${theme.palette.divider}`, py: 1 } } })}>
          <TableHead><TableRow><TableCell sx={{ pl: 2.5 }}>Setting</TableCell><TableCell>Value</TableCell><TableCell>From</TableCell></TableRow></TableHead>
          <TableBody>
            {of.map(setting => (
              <TableRow key={setting.name}>
                <TableCell sx={{ pl: { sm: 2.5 } }}>
                  <Typography variant="body2" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{setting.name}</Typography>
                  <Typography variant="caption" component="p" sx={{ color: 'text.secondary', lineHeight: 1.4 }}>{setting.meaning}</Typography>
                </TableCell>
                <TableCell sx={{ overflowWrap: 'anywhere', minWidth: 120, verticalAlign: 'top' }}>{setting.value}</TableCell>
                <TableCell sx={{ verticalAlign: 'top', color: 'text.secondary', '&::before': { content: { xs: '"From: "', sm: 'none' } } }}>{setting.source}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
    </Section>
  );
}
