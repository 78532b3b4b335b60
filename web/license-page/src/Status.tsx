import { Code, Facts, Icon, Moment, Note, numberWords, Section, Sentence } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { LicenseDocument, Support } from './api';
import { HeldSeat } from './Seat';

type License = NonNullable<LicenseDocument['license']>;

const TYPES: Record<string, string> = {
  online: 'Online, node-locked', leased: 'Online, leased', offline: 'Offline, node-locked', floating: 'Floating', marketplace: 'Cloud marketplace', trial: 'Trial',
};

/** Everything that is known of the license, this server and the vendor. */
export function Status({ of, onChangeSeat, onExtend }: { of: LicenseDocument; onChangeSeat?: (() => void) | undefined; onExtend?: (() => void) | undefined }) {
  const license = of.license;
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 7fr) minmax(0, 5fr)' }, alignItems: 'start' }}>
      {license ? (
        <Stack spacing={2} sx={{ minWidth: 0 }}>
          {of.seat ? <HeldSeat of={of} seat={of.seat} onChange={onChangeSeat} /> : null}
          <Entitlements of={license} />
          <LicenseFacts of={license} support={of.support !== undefined} />
        </Stack>
      ) : null}
      <Stack useFlexGap spacing={2} sx={license ? { minWidth: 0 } : { display: 'contents' }}>
        {of.support ? <SupportTime of={of.support} onExtend={onExtend} /> : null}
        {license?.activationsTotal && !of.seat ? <Activations used={license.activationsUsed ?? 0} total={license.activationsTotal} /> : null}
        <ThisServer of={of} />
        <Contact of={of} />
        <Notices of={of} />
      </Stack>
    </Box>
  );
}

function LicenseFacts({ of, support }: { of: License; support: boolean }) {
  return (
    <Section title="License">
      <Facts of={[
        ['License ID', <Code of={of.id} />],
        ['Type', TYPES[of.type] ?? of.type],
        ['Customer', of.customer],
        ['Issued', of.issuedAt ? <Moment at={of.issuedAt} /> : undefined],
        ['Valid from', of.from ? <Moment at={of.from} /> : undefined],
        ['Valid until', of.until ? <Moment at={of.until} /> : 'Perpetual'],
        ['Support until', support ? undefined : of.supportUntil ? <Moment at={of.supportUntil} /> : 'No support is part of this license'],
        ['Emergency days', of.emergencyDaysSigned ? `${of.emergencyDaysUsed ?? 0} of ${of.emergencyDaysSigned} used` : undefined],
      ]} />
    </Section>
  );
}

function Entitlements({ of }: { of: License }) {
  const rows = [
    ...(of.features ?? []).map(feature => ({ ...feature, limit: 'Included' })),
    ...(of.meters ?? []).map(meter => ({
      ...meter,
      limit: meter.limit === null || meter.limit === undefined ? 'Unlimited' : `Up to ${numberWords(meter.limit)} ${meter.unit ?? ''}`.trim(),
    })),
  ];
  return (
    <Section title="Features and meters">
      {rows.length === 0 ? <Typography variant="body2" sx={{ color: 'text.secondary' }}>This license names no features.</Typography> : (
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {rows.map((row, index) => (
            <Box component="li" key={row.name}
              sx={theme => ({ display: 'flex', gap: 1.25, py: 1.25, borderTop: index === 0 ? 'none' : `1px solid ${theme.palette.divider}`, '&:first-of-type': { pt: 0.25 }, '&:last-of-type': { pb: 0 } })}>
              <Box aria-hidden sx={{ color: row.active ? 'success.main' : 'text.secondary', pt: '1px', flex: 'none' }}><Icon name={row.active ? 'good' : 'stopped'} fontSize="small" /></Box>
              <Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexWrap: 'wrap', columnGap: 2, justifyContent: 'space-between' }}>
                <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{row.title ?? row.name}</Typography>
                <Typography variant="body2" component="div" sx={{ color: 'text.secondary', lineHeight: '1.5rem' }}>
                  {row.active ? row.limit : 'Not in force'}{row.active && row.until ? <>, until <Moment at={row.until} /></> : null}
                </Typography>
              </Box>
            </Box>
          ))}
        </Box>
      )}
    </Section>
  );
}

/** How long the vendor supports this license, and whether that covers the version that runs here. */
function SupportTime({ of, onExtend }: { of: Support; onExtend: (() => void) | undefined }) {
  const tone = !of.covers ? 'warning' : of.ended ? 'info' : 'success';
  return (
    <Section title="Support" aside={onExtend ? <Button size="small" onClick={onExtend}>Extend support</Button> : undefined}>
      <Stack direction="row" spacing={1.25} sx={{ alignItems: 'flex-start' }}>
        <Box aria-hidden sx={{ color: `${tone}.main`, display: 'flex', pt: '2px' }}><Icon name={!of.covers ? 'attention' : of.ended ? 'clock' : 'good'} fontSize="small" /></Box>
        <Box sx={{ minWidth: 0 }}>
          <Typography sx={{ fontWeight: 600 }}>{of.ended ? 'Ended' : 'Until'} <Moment at={of.until} /></Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}><Sentence text={of.message} /></Typography>
        </Box>
      </Stack>
    </Section>
  );
}

function Activations({ used, total }: { used: number; total: number }) {
  return (
    <Section title="Activations">
      <Typography><Box component="span" sx={{ fontSize: '1.25rem', fontWeight: 650 }}>{numberWords(used)}</Box> of {numberWords(total)} used</Typography>
      <LinearProgress variant="determinate" value={Math.min(100, (100 * used) / total)} aria-label="Activations used" sx={{ my: 1, height: 6, borderRadius: 3 }} />
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {used >= total ? 'None is free for another server. Deactivating this one frees one.' : `${numberWords(total - used)} free for other servers, as of the last answer.`}
      </Typography>
    </Section>
  );
}

function ThisServer({ of }: { of: LicenseDocument }) {
  const marks = of.host?.marks ?? [];
  // Without a license there is nothing to compare the machine with.
  const compared = of.license ? marks : [];
  return (
    <Section title="This server">
      <Facts of={[
        ['Host', of.host?.name],
        ['Fingerprint', of.host?.keyId ? <Code of={of.host.keyId} /> : undefined],
        ['Marks', marks.length === 0 ? undefined : (
          <Box component="span">
            {compared.length === 0 ? marks.map(mark => mark.name).join(', ') : (
              <>
                {compared.filter(mark => mark.matches).length} of {compared.length} match
                {compared.some(mark => !mark.matches) ? ` (different: ${compared.filter(mark => !mark.matches).map(mark => mark.name).join(', ')})` : ''}
              </>
            )}
          </Box>
        )],
      ]} />
    </Section>
  );
}

function Contact({ of }: { of: LicenseDocument }) {
  const { contact, vendor } = of;
  if (!contact && !vendor) return null;
  return (
    <Section title="Vendor">
      <Stack spacing={1.5}>
        {contact?.unreachable ? <Note kind="warning">{contact.unreachable}</Note> : null}
        <Facts of={[
          ['Name', vendor?.name],
          ['Last contact', contact?.lastAnswer ? <Moment at={contact.lastAnswer} as="sentence" /> : 'None so far'],
          ['Address', contact?.authority],
          ['Support', vendor?.supportEmail ? <Link href={`mailto:${vendor.supportEmail}`}>{vendor.supportEmail}</Link> : undefined],
          ['Help', vendor?.supportUrl ? <Link href={vendor.supportUrl} rel="noreferrer">{vendor.supportUrl}</Link> : undefined],
        ]} />
      </Stack>
    </Section>
  );
}

const NOTICES_SHOWN = 5;

function Notices({ of }: { of: LicenseDocument }) {
  const notices = of.notices ?? [];
  if (notices.length === 0) return null;
  return (
    <Section title="Lately">
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {notices.slice(0, NOTICES_SHOWN).map(notice => (
          <Box component="li" key={`${notice.at}${notice.message}`} sx={{ pb: 1, '&:last-of-type': { pb: 0 } }}>
            <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}><Sentence text={notice.message} /></Typography>
            <Typography variant="caption" sx={{ color: 'text.secondary' }}><Moment at={notice.at} as="stamp" /></Typography>
          </Box>
        ))}
      </Box>
    </Section>
  );
}
