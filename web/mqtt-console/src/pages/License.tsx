import { useMay } from '@charter/console-kit';
import { LicensePage } from '@charter/license-page';
import Typography from '@mui/material/Typography';

export default function License() {
  const administrator = useMay('administrator');
  return (
    <>
      <Typography component="p" variant="body2" sx={{ color: 'text.secondary', fontWeight: 600 }}>License</Typography>
      <LicensePage mayChange={administrator} />
    </>
  );
}
