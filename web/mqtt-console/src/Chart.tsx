import { bytesWords, numberWords } from '@charter/kit';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { LineChart } from '@mui/x-charts/LineChart';

interface ChartProps {
  label: string;
  from: string;
  stepSeconds: number;
  lines: readonly { name: string; values: readonly number[] }[];
  bytes: boolean;
  whole: boolean;
}

/** More points than this are narrower than a pixel. */
const MOST_POINTS = 360;

/** Neighbours drawn as one, by their mean. */
function thinned(values: readonly number[], group: number): number[] {
  const means: number[] = [];
  for (let start = 0; start < values.length; start += group) {
    const some = values.slice(start, start + group);
    means.push(some.reduce((sum, one) => sum + one, 0) / some.length);
  }
  return means;
}

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const timeWithSeconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
/** A shorter time has several marks within one minute. */
const SECONDS_SHOWN_BELOW = 10 * 60;

export default function Chart({ label, from, stepSeconds, lines, bytes, whole }: ChartProps) {
  const { palette } = useTheme();
  const colours = [palette.primary.main, palette.warning.main, palette.error.main];
  const points = Math.max(...lines.map(line => line.values.length));
  const group = Math.max(1, Math.ceil(points / MOST_POINTS));
  const start = new Date(from).getTime();
  const times = Array.from({ length: Math.ceil(points / group) }, (_, index) => new Date(start + index * group * stepSeconds * 1000));
  const clock = points * stepSeconds < SECONDS_SHOWN_BELOW ? timeWithSeconds : time;
  const nothing = lines.every(line => line.values.every(value => value === 0));
  const written = (value: number | null) => (value === null ? '' : bytes ? bytesWords(value) : numberWords(value, whole ? 0 : 1));
  const latest = lines.map(line => `${line.name} ${written(line.values.at(-1) ?? 0)}`).join(', ');
  return (
    <Box role="img" aria-label={`${label}, latest: ${latest}`} sx={{ width: '100%', mx: -1 }}>
      <LineChart skipAnimation height={220} margin={{ top: 8, right: 12, bottom: 4, left: 0 }} grid={{ horizontal: true }} hideLegend={lines.length === 1}
        xAxis={[{ data: times, scaleType: 'time', valueFormatter: (moment: Date) => clock.format(moment), tickNumber: 5 }]}
        yAxis={[{ min: 0, ...(nothing && { max: 1 }), width: bytes ? 64 : 48, tickNumber: 4, valueFormatter: (value: number) => written(value) }]}
        series={lines.map((line, index) => ({ label: line.name, data: thinned(line.values, group), showMark: false, curve: 'linear', color: colours[index] ?? palette.text.primary, valueFormatter: written }))} />
    </Box>
  );
}
