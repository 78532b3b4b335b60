import { PageHead } from '@charter/console-kit';
import { Empty, Failure, Icon, Message, Section, Working, type IconName } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useRead } from '../api';

const DRAWN: Record<string, { icon: IconName; tone: string; word: string }> = {
  good: { icon: 'good', tone: 'success', word: 'Good' }, warning: { icon: 'attention', tone: 'warning', word: 'Look at this' }, bad: { icon: 'stopped', tone: 'error', word: 'Bad' },
};
const WORST_FIRST = ['bad', 'warning', 'good'];

export default function Doctor() {
  const examination = useRead('/api/system/doctor');
  const checks = [...(examination.data?.checks ?? [])].sort((a, b) => WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict));
  return (
    <>
      <PageHead title="Doctor" actions={<>
        <Button variant="outlined" startIcon={<Icon name="refresh" />} disabled={examination.isFetching} onClick={() => void examination.refetch()}>Look again</Button>
        <Button variant="contained" href="/api/system/support-bundle" download startIcon={<Icon name="download" />}>Support bundle</Button>
      </>}>
        Looks at what usually goes wrong, and says what to do. The support bundle holds all of it for whoever helps you, without any secret.
      </PageHead>
      {examination.isFetching ? <Working text="Looking: this may take some seconds" /> : null}
      <Failure of={examination.error} />
      {examination.data ? (
        <Section>
          {checks.length === 0 ? <Empty title="Nothing was looked at" icon="doctor" /> : (
            <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
              {checks.map((check, index) => {
                const drawn = DRAWN[check.verdict] ?? { icon: 'clock' as const, tone: 'info', word: check.verdict };
                return (
                  <Box component="li" key={check.name} sx={theme => ({ display: 'flex', gap: 1.5, py: 1.5, borderTop: index === 0 ? 'none' : `1px solid ${theme.palette.divider}` })}>
                    <Box aria-hidden sx={{ width: 32, height: 32, borderRadius: '50%', flex: 'none', display: 'grid', placeItems: 'center', bgcolor: `${drawn.tone}.light`, color: `${drawn.tone}.main` }}><Icon name={drawn.icon} fontSize="small" /></Box>
                    <Box sx={{ minWidth: 0 }}>
                      <Typography sx={{ fontWeight: 600 }}>{check.title} <Box component="span" sx={{ color: `${drawn.tone}.main`, fontSize: '0.8125rem' }}>{drawn.word}</Box></Typography>
                      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}><Message text={check.finding} /></Typography>
                      {check.advice ? <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}><Message text={check.advice} /></Typography> : null}
                    </Box>
                  </Box>
                );
              })}
            </Box>
          )}
        </Section>
      ) : null}
    </>
  );
}
