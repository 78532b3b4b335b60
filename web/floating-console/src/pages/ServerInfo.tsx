import { PageHead } from '@charter/console-kit';
import { Code, Facts, Failure, Moment, Section, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Link as To } from 'react-router';
import { useOverview, useRead, type ReadOf } from '../api';
import { Letter } from './License';

type Product = ReadOf<'/api/server-info'>['products'][number];

/** What the vendor needs to know of this server. */
export default function ServerInfo() {
  const info = useRead('/api/server-info', { every: 30_000 });
  const overview = useOverview();
  const of = info.data;
  if (!of) return info.isPending ? <Working text="Reading the server info" /> : <Failure of={info.error} again={() => void info.refetch()} />;
  return (
    <>
      <PageHead title="Server info">What the vendor needs to know of this server, to license it. With a request in it, it is the letter to send.</PageHead>
      <Failure of={info.error} />
      <Section title="This server">
        <Facts of={[
          ['Host name', of.hostName],
          ['Host ID', <Code of={of.hostId} />],
          ['Fingerprint', <Code of={of.fingerprint} />],
          ['Version', of.version],
          ['Time', <Moment at={of.now} as="stamp" />],
        ]} />
      </Section>
      {of.products.map(product => <OfProduct key={product.product} of={product} alone={of.products.length === 1} codes={overview.data?.products.find(one => one.product === product.product)?.request?.codes ?? []} />)}
    </>
  );
}

/** Each product has a host ID of its own. */
function OfProduct({ of, alone, codes }: { of: Product; alone: boolean; codes: readonly string[] }) {
  return (
    <Section title={<Box component="span" sx={{ overflowWrap: 'anywhere' }}>{of.product}</Box>}>
      <Stack spacing={2}>
        {!alone ? <Facts of={[['Host ID', <Code of={of.hostId} />]]} /> : null}
        {of.text ? (
          <Letter name="Server info" text={of.text} file={of.fileName ?? `server-info-${of.product}.txt`} codes={codes} subject={`Usage request for ${of.product}`}>
            {of.since ? <>The request of <Moment at={of.since} as="sentence" />, with this server's name and fingerprint on top. </> : null}Send it to the vendor as it is, and install the answer under License.
          </Letter>
        ) : (
          <Stack direction={{ xs: 'column', sm: 'row' }} spacing={2} sx={{ alignItems: { sm: 'center' }, justifyContent: 'space-between' }}>
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>No request waits for its answer. A request for a license, or for another number of seats, is made under License.</Typography>
            <Button component={To} to="/license" variant="outlined" sx={{ flex: 'none' }}>To the license</Button>
          </Stack>
        )}
      </Stack>
    </Section>
  );
}
