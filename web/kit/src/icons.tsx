import SvgIcon, { type SvgIconProps } from '@mui/material/SvgIcon';

/** Plain line drawings on a grid of 24, all of one hand. They say nothing that the words beside them do not. */
const DRAWINGS = {
  good: 'M5 12.5l4.5 4.5L19 7.5',
  attention: 'M12 4L2.8 19.5h18.4L12 4zM12 10v4.5M12 17v.2',
  stopped: 'M12 3a9 9 0 100 18 9 9 0 000-18zM8.5 8.5l7 7M15.5 8.5l-7 7',
  clock: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5.5l3.5 2',
  key: 'M8 11a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM11.2 12.3L20 3.5M16 7.5l3 3M13.5 10l2 2',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4 20h16',
  upload: 'M12 16V5M7.5 9.5L12 5l4.5 4.5M4 20h16',
  dashboard: 'M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z',
  clients: 'M4 5h16v11H4zM9 20h6M12 16v4',
  topics: 'M6 4v16M6 8h5M6 14h5M11 6h9v4h-9zM11 12h9v4h-9z',
  retained: 'M6 4h12v16l-6-4-6 4z',
  credentials: 'M12 3l8 3v6c0 4.5-3.4 7.8-8 9-4.6-1.2-8-4.5-8-9V6zM9 12l2.2 2.2L15.2 10',
  listeners: 'M12 14v7M8 21h8M12 10.5v.2M8 14.5a5.5 5.5 0 010-8M16 14.5a5.5 5.5 0 000-8M5.2 17.3a9.5 9.5 0 010-13.6M18.8 17.3a9.5 9.5 0 000-13.6',
  bridges: 'M3 16h18M6 16v4M18 16v4M3 16c3-1 5-4 5-8M21 16c-3-1-5-4-5-8M8 8c0 5 8 5 8 0',
  license: 'M5 3h14v18l-3.5-2-3.5 2-3.5-2L5 21zM9 8h6M9 12h6',
  users: 'M9 5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM2.5 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 5.500a3.500 3.500 0 010 6.500M18 14.500c2 .7 3.200 2.500 3.500 5.500',
  logs: 'M4 6h16M4 11h16M4 16h10',
  system: 'M4 4h16v7H4zM4 13h16v7H4zM7.500 7.500v.2M7.500 16.500v.2',
  sparkplug: 'M3 12h4l2.500-7 5 14 2.500-7h4',
  doctor: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 8v8M8 12h8',
  audit: 'M6 3h9l4 4v14H6zM9 12h7M9 16h7M14 3v5h5',
  publish: 'M4 12h14M13 6.500l5.500 5.500-5.500 5.500',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  more: 'M12 5.500v.2M12 12v.2M12 18.500v.2',
  search: 'M10.500 4a6.500 6.500 0 100 13 6.500 6.500 0 000-13zM15.500 15.500L20.500 20.500',
  refresh: 'M19.500 12a7.500 7.500 0 11-2.200-5.300M19.500 4v4h-4',
  remove: 'M5 7h14M10 7V4.500h4V7M7 7l1 13h8l1-13M10.500 11v5.500M13.500 11v5.500',
  add: 'M12 5v14M5 12h14',
  light: 'M12 8a4 4 0 100 8 4 4 0 000-8zM12 2.500v2.500M12 19v2.500M2.500 12h2.500M19 12h2.500M5.300 5.300l1.700 1.700M17 17l1.700 1.700M5.300 18.700l1.700-1.700M17 7l1.700-1.700',
  person: 'M12 4a4 4 0 100 8 4 4 0 000-8zM4.500 20.500c.7-4.300 3.500-6.500 7.500-6.500s6.800 2.200 7.500 6.500',
  fold: 'M6 9l6 6 6-6',
  unfold: 'M9 6l6 6-6 6',
  empty: 'M4 13l2.500-8h11L20 13v6H4zM4 13h5l1 2.500h4l1-2.500h5',
} as const;

export type IconName = keyof typeof DRAWINGS;

export function Icon({ name, ...rest }: { name: IconName } & SvgIconProps) {
  return (
    <SvgIcon aria-hidden {...rest}>
      <path d={DRAWINGS[name]} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
    </SvgIcon>
  );
}
