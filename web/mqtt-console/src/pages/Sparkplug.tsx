import { PageHead, SearchField } from '@charter/console-kit';
import { Empty, Facts, Failure, Icon, Moment, Section, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useRead, type ReadOf } from '../api';

type View = ReadOf<'/api/sparkplug'>;
type EdgeNode = View['groups'][number]['nodes'][number];

interface Chosen {
  group: string;
  node: string;
  device?: string;
}

export default function Sparkplug() {
  const view = useRead('/api/sparkplug', { every: 5_000 });
  const [chosen, setChosen] = useState<Chosen>();
  if (!view.data) return view.isPending ? <Working text="Reading the Sparkplug view" /> : <><PageHead title="Sparkplug" /><Failure of={view.error} again={() => void view.refetch()} /></>;
  const { groups } = view.data;
  return (
    <>
      <PageHead title="Sparkplug">Groups, edge nodes and devices as their birth and death messages tell, and their metrics.</PageHead>
      <Failure of={view.error} />
      {groups.length === 0 ? (
        <Section><Empty title="No edge node was born yet" icon="sparkplug">Edge nodes appear here with their first NBIRTH message, at a topic such as spBv1.0/group/NBIRTH/node.</Empty></Section>
      ) : (
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 5fr) minmax(0, 7fr)' }, alignItems: 'start' }}>
          {groups.map(group => (
            <Section key={group.name} title={group.name}>
              <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
                {group.nodes.map(node => <Node key={node.name} group={group.name} node={node} chosen={chosen} onChoose={setChosen} />)}
              </Box>
            </Section>
          ))}
          <Box sx={{ gridColumn: { md: 2 }, gridRow: { md: `1 / span ${groups.length}` }, position: { md: 'sticky' }, top: { md: 16 }, minWidth: 0 }}>
            {chosen ? <Details of={chosen} standing={standingOf(view.data, chosen)} /> : <Section><Empty title="Choose an edge node or a device" icon="sparkplug">Its metrics are shown here.</Empty></Section>}
          </Box>
        </Box>
      )}
    </>
  );
}

function Node({ group, node, chosen, onChoose }: { group: string; node: EdgeNode; chosen: Chosen | undefined; onChoose: (one: Chosen) => void }) {
  const here = chosen?.group === group && chosen.node === node.name;
  return (
    <li>
      <Row name={node.name} online={node.online} at={node.online ? node.bornAt : node.diedAt} here={here && chosen.device === undefined} onClick={() => onChoose({ group, node: node.name })} />
      {node.devices.length > 0 ? (
        <Box component="ul" sx={theme => ({ listStyle: 'none', m: 0, ml: '14px', pl: 1, borderLeft: `1px solid ${theme.palette.divider}` })}>
          {node.devices.map(device => (
            <li key={device.name}>
              <Row name={device.name} online={device.online} at={device.online ? device.bornAt : device.diedAt} here={here && chosen.device === device.name} onClick={() => onChoose({ group, node: node.name, device: device.name })} />
            </li>
          ))}
        </Box>
      ) : null}
    </li>
  );
}

function Row({ name, online, at, here, onClick }: { name: string; online: boolean; at: string | null | undefined; here: boolean; onClick: () => void }) {
  return (
    <Box component="button" type="button" onClick={onClick} aria-pressed={here}
      sx={theme => ({
        display: 'flex', alignItems: 'center', gap: 1, width: '100%', p: 1, border: 0, borderRadius: 1, textAlign: 'left', font: 'inherit', fontSize: '0.9rem', color: 'text.primary', cursor: 'pointer',
        bgcolor: here ? 'primary.light' : 'transparent', '&:hover': { bgcolor: here ? 'primary.light' : 'action.hover' }, '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
      })}>
      <Box component="span" sx={{ color: online ? 'success.main' : 'text.secondary', display: 'flex' }}><Icon name={online ? 'good' : 'stopped'} fontSize="small" /></Box>
      <Box component="span" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere', fontWeight: 600 }}>{name}</Box>
      <Typography component="span" variant="caption" sx={{ color: 'text.secondary', flex: 'none' }}>{online ? 'online' : 'offline'}{at ? <>, <Moment at={at} as="ago" /></> : null}</Typography>
    </Box>
  );
}

interface Standing {
  online: boolean;
  bornAt?: string | undefined;
  diedAt?: string | undefined;
}

function standingOf(view: View, of: Chosen): Standing | undefined {
  const node = view.groups.find(group => group.name === of.group)?.nodes.find(one => one.name === of.node);
  return of.device === undefined ? node : node?.devices.find(one => one.name === of.device);
}

function Details({ of, standing }: { of: Chosen; standing: Standing | undefined }) {
  const [search, setSearch] = useState('');
  const node = useRead('/api/sparkplug/{group}/{node}', { parameters: { group: of.group, node: of.node }, every: 3_000, when: of.device === undefined });
  const device = useRead('/api/sparkplug/{group}/{node}/{device}', { parameters: { group: of.group, node: of.node, device: of.device ?? '' }, every: 3_000, when: of.device !== undefined });
  const details = of.device === undefined ? node : device;
  const metrics = details.data?.metrics.filter(metric => metric.name.toLowerCase().includes(search.toLowerCase())) ?? [];
  return (
    <Section title={of.device ?? of.node}>
      {details.isPending ? <Working text="Reading metrics" /> : null}
      <Failure of={details.error} />
      {details.data ? (
        <>
          <Facts of={[
            ['State', standing?.online ? 'Online' : 'Offline'],
            ['Born', standing?.bornAt ? <Moment at={standing.bornAt} as="stamp" /> : undefined],
            ['Died', standing?.diedAt ? <Moment at={standing.diedAt} as="stamp" /> : undefined],
          ]} />
          <Box sx={{ my: 2 }}><SearchField label="Part of a metric's name" value={search} onChange={setSearch} /></Box>
          {metrics.length === 0 ? <Typography variant="body2" sx={{ color: 'text.secondary' }}>No metrics.</Typography> : (
            <Box sx={{ overflowX: 'auto', maxHeight: 480 }} tabIndex={0} role="region" aria-label="Metrics">
              <Table size="small" stickyHeader>
                <TableHead><TableRow><TableCell>Metric</TableCell><TableCell>Type</TableCell><TableCell>Value</TableCell></TableRow></TableHead>
                <TableBody>
                  {metrics.map(metric => (
                    <TableRow key={metric.name}>
                      <TableCell sx={{ overflowWrap: 'anywhere', fontWeight: 600 }}>{metric.name}</TableCell>
                      <TableCell>{metric.type}</TableCell>
                      <TableCell sx={{ overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' }} title={metric.at ?? undefined}>{metric.value ?? 'null'}</TableCell>
                    </TableRow>
                  ))}
                </TableBody>
              </Table>
            </Box>
          )}
        </>
      ) : null}
    </Section>
  );
}
