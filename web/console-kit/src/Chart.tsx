import { bytesWords, LINES, numberWords } from '@charter/kit';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { LineChart } from '@mui/x-charts/LineChart';

interface ChartProps {
  label: string;
  from: string;
  stepSeconds: number;
  /** Values of null are times of which nothing is known; a limit is drawn as a quiet, thin line. */
  lines: readonly { name: string; values: readonly (number | null)[]; limit?: boolean }[];
  bytes?: boolean;
  whole?: boolean;
  /** Where several values fall on one point, the largest is drawn; else their mean. */
  largest?: boolean;
}

/** More points than this are narrower than a pixel. */
const MOST_POINTS = 360;

/** Neighbours drawn as one, by their mean or by the largest of them. */
function thinned(values: readonly (number | null)[], group: number, largest: boolean): (number | null)[] {
  const drawn: (number | null)[] = [];
  for (let start = 0; start < values.length; start += group) {
    const some = values.slice(start, start + group).filter(one => one !== null);
    drawn.push(some.length === 0 ? null : largest ? Math.max(...some) : some.reduce((sum, one) => sum + one, 0) / some.length);
  }
  return drawn;
}

/** Numbers from here on need more room. */
const WIDE_FROM = 10_000;

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const timeWithSeconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
/** A shorter time has several marks within one minute. */
const SECONDS_SHOWN_BELOW = 10 * 60;
/** A longer time has several marks of the same hour. */
const DAYS_SHOWN_ABOVE = 48 * 3600;
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayWithTime = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

interface MarkProps {
  className?: string;
  color?: string;
}

/** In the legend a line looks as it does in the chart. */
function markOf(dash: string | undefined, width: number) {
  return function Mark({ className, color }: MarkProps) {
    return <svg viewBox="0 0 26 14" style={{ width: 26 }}><path className={className} d="M0 7H26" fill="none" stroke={color} strokeWidth={width} strokeDasharray={dash} /></svg>;
  };
}

const WIDTH = 2.5;
const LIMIT = { dash: '4 4', width: 1.25 };
const LIMIT_MARK = markOf(LIMIT.dash, LIMIT.width);
const MARKS = LINES.light.map(({ dash }) => markOf(dash, WIDTH));

export default function Chart({ label, from, stepSeconds, lines, bytes = false, whole = false, largest = false }: ChartProps) {
  const { palette } = useTheme();
  const points = Math.max(...lines.map(line => line.values.length));
  const group = Math.max(1, Math.ceil(points / MOST_POINTS));
  const start = new Date(from).getTime();
  const times = Array.from({ length: Math.ceil(points / group) }, (_, index) => new Date(start + index * group * stepSeconds * 1000));
  const clock = points * stepSeconds < SECONDS_SHOWN_BELOW ? timeWithSeconds : points * stepSeconds > DAYS_SHOWN_ABOVE ? day : time;
  const exact = clock === day ? dayWithTime : clock;
  const most = Math.max(0, ...lines.flatMap(line => line.values.map(value => value ?? 0)));
  const nothing = lines.every(line => line.values.every(value => value === 0 || value === null));
  const written = (value: number | null) => (value === null ? '' : bytes ? bytesWords(value) : numberWords(value, whole ? 0 : 1));
  const drawn = lines.map((line, index) => (line.limit ? { ...LIMIT, colour: palette.text.secondary, mark: LIMIT_MARK } : { ...(LINES[palette.mode][index] ?? { colour: palette.text.primary }), width: WIDTH, mark: MARKS[index] ?? MARKS[0]! }));
  const latest = lines.map(line => `${line.name} ${written(line.values.at(-1) ?? 0)}`).join(', ');
  return (
    <Box role="img" aria-label={`${label}, latest: ${latest}`} sx={{ width: '100%', mx: -1 }}>
      <LineChart skipAnimation height={220} margin={{ top: 8, right: 12, bottom: 4, left: 0 }} grid={{ horizontal: true }} hideLegend={lines.length === 1}
        xAxis={[{ data: times, scaleType: 'time', valueFormatter: (moment: Date, context: { location: string }) => (context.location === 'tick' ? clock : exact).format(moment), tickNumber: 5 }]}
        yAxis={[{ min: 0, ...(nothing && { max: 1 }), width: bytes || most >= WIDE_FROM ? 64 : 48, tickNumber: 4, valueFormatter: (value: number) => written(value) }]}
        sx={{ '& .MuiChartsLabelMark-root': { width: 26 }, ...Object.fromEntries(lines.map(({ name }, index) => [`& path[data-series="${name}"]`, { strokeDasharray: drawn[index]!.dash, strokeWidth: drawn[index]!.width }])) }}
        series={lines.map((line, index) => ({ label: line.name, id: line.name, data: thinned(line.values, group, largest), showMark: false, curve: largest ? 'stepAfter' : 'linear', color: drawn[index]!.colour, labelMarkType: drawn[index]!.mark, valueFormatter: written }))} />
    </Box>
  );
}
