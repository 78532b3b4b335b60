import { Icon } from '@charter/kit';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useEffect, useMemo, useState } from 'react';
import { broughtBy, type Brought } from './address';
import { PortalApi } from './api';
import { Hosts, type About } from './Hosts';
import { Letter } from './Letter';

type Subject = 'letter' | 'hosts';

const SUBJECTS: Record<Subject, string> = { letter: 'Usage request', hosts: 'Hosts of a license' };

/**
 * The page where a customer, or the phone that read a QR code, brings a letter and gets its answer, and sees which hosts hold a license. It has no login.
 *
 * @param base where the portal's REST API is
 */
export function Portal({ base = 'v1' }: { base?: string }) {
  const api = useMemo(() => new PortalApi(base), [base]);
  const [brought, setBrought] = useState<Brought>(() => broughtBy(window.location.hash));
  const [subject, setSubject] = useState<Subject>(brought.kind === 'link' ? 'hosts' : 'letter');
  const [about, setAbout] = useState<About>({ licenseId: '' });

  useEffect(() => {
    const read = () => {
      const next = broughtBy(window.location.hash);
      if (next.kind === 'nothing') return;
      setBrought(next);
      setSubject(next.kind === 'link' ? 'hosts' : 'letter');
    };
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);

  useEffect(() => {
    // A link's secret does not stay where the next user of this browser, or a screenshot, would show it.
    if (brought.kind === 'link') window.history.replaceState(null, '', window.location.pathname);
  }, [brought]);

  const letter = brought.kind === 'letter' ? brought.text : undefined;
  const token = brought.kind === 'link' ? brought.token : undefined;
  return (
    <Box sx={{ minHeight: '100vh', bgcolor: 'background.default' }}>
      <Box component="header" sx={theme => ({ bgcolor: 'background.paper', borderBottom: `1px solid ${theme.palette.divider}` })}>
        <Stack direction="row" useFlexGap spacing={{ xs: 1, sm: 3 }} sx={{ maxWidth: 1080, mx: 'auto', px: { xs: 1.5, sm: 3 }, alignItems: 'center', flexWrap: 'wrap' }}>
          <Stack direction="row" spacing={1} sx={{ alignItems: 'center', py: 1.25, fontWeight: 650 }}>
            <Icon name="license" sx={{ color: 'primary.main' }} /><span>License portal</span>
          </Stack>
          <Tabs value={subject} onChange={(_, chosen: Subject) => setSubject(chosen)} aria-label="What this is about">
            {(Object.keys(SUBJECTS) as Subject[]).map(one => <Tab key={one} value={one} label={SUBJECTS[one]} id={`tab-${one}`} aria-controls={`about-${one}`} sx={{ minHeight: 52, px: { xs: 1, sm: 2 } }} />)}
          </Tabs>
        </Stack>
      </Box>
      <Box component="main" sx={{ maxWidth: 1080, mx: 'auto', p: { xs: 1.5, sm: 3 } }}>
        {/* Both stay: what was typed and answered is there when one comes back. */}
        <Box role="tabpanel" id="about-letter" aria-labelledby="tab-letter" hidden={subject !== 'letter'}>
          <Letter key={letter ?? ''} api={api} brought={letter} onHosts={licenseId => { setAbout({ licenseId }); setSubject('hosts'); }} />
        </Box>
        <Box role="tabpanel" id="about-hosts" aria-labelledby="tab-hosts" hidden={subject !== 'hosts'}>
          <Hosts key={token ?? ''} api={api} token={token} about={about} shown={subject === 'hosts'} onLetter={() => setSubject('letter')} />
        </Box>
      </Box>
    </Box>
  );
}
